/** One visitor's votes: the token the server issued and what was last given, kept by the page's own storage. */
const {ask, site, learnPage, learnPortal, show} = window.luot.inside;

const KEY = 'luot:' + site;

/* Storage may be forbidden; then a vote is remembered until the page is left. */
let memory = {};

/* Read again each time: another tab may have voted meanwhile, and a reader has one token. */
function kept() {
  try {
    memory = JSON.parse(localStorage.getItem(KEY)) || memory;
  } catch {}
  return memory;
}

const id = (page) => page ?? '';

/** The stars this visitor has given a page (null: the portal itself), or undefined. */
export const mine = (page) => kept().mine?.[id(page)];

function keep(page, {voter, mine}) {
  const before = kept();
  memory = {voter: voter || before.voter, mine: {...before.mine, [id(page)]: mine ?? undefined}};
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {}
}

async function send(page, stars) {
  const path = page == null ? 'rating' : 'rating?page=' + encodeURIComponent(page);
  const answer = await ask(path, {stars, voter: kept().voter}, stars ? 'PUT' : 'DELETE');
  if (typeof answer !== 'object') return answer || 503;
  keep(page, answer);
  if (page == null) learnPortal(answer);
  else learnPage(page, {rating: answer});
  show();
  return 0;
}

let last = Promise.resolve();

/**
 * Casts or changes the vote, or withdraws it when there are no stars. Resolves to 0 when it was taken,
 * else to a status that says why not. One after the other: the first brings the token for the next.
 */
export function vote(page, stars) {
  last = last.then(() => send(page, stars)).catch(() => 503);
  return last;
}
