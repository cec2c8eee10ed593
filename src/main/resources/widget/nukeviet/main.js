/** Pages made by NukeViet carry its own rating form; it goes on working, with Luot behind it. Needs the rating part. */
const {inside} = window.luot;
const {format, mine, number, script, vote} = inside;

const form = () => document.querySelector('#stringrating,.hover-star');

/* A page whose own rating is at work keeps it, unless its owner could say no more than our address. */
const foreign = () => script.dataset.site && window.sendrating && window.sendrating !== send;

const plain = (name) => {
  const value = number('rating-' + name, inside.page);
  return value === undefined ? value : format(value, {});
};

function send(_article, stars) {
  if (stars >= 1 && stars <= 5) vote(inside.page, Number(stars));
}

function write(selector, text) {
  const element = document.querySelector(selector);
  if (element && text !== undefined && element.textContent !== text) element.textContent = text;
}

/** The sentence keeps its words: its first number is the sum of the stars, its second the number of votes. */
function sentence(sum, count) {
  const said = document.querySelector('#stringrating')?.textContent;
  const numbers = [sum, count];
  if (said && /\d\D+\d/.test(said)) write('#stringrating', said.replace(/\d+/g, (old) => numbers.shift() ?? old));
}

/** Writes what is known of the rating. */
function drawForm() {
  if (!form() || foreign()) return;
  window.sendrating = send;
  const count = plain('count');
  if (count === undefined) return;
  sentence(plain('sum'), count);
  write('#click_rating', count);
  if (count !== '0') write('#numberrating', plain('average'));
  const own = mine(inside.page);
  for (const star of document.querySelectorAll('input.hover-star')) star.checked = star.value === String(own);
}

/* Star scripts call sendrating() themselves; without one the plain radio buttons are there. */
document.addEventListener('change', ({target}) => {
  if (target.matches('.hover-star') && !foreign()) send(0, target.value);
});

const {draw} = inside;
inside.draw = () => {
  draw();
  drawForm();
};
inside.show();
