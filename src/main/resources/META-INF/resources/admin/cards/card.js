/* A card is loading, shows what was read, or says why it cannot. */
import {make} from '../dom.js';
import {word} from '../words.js';

/** {@code show} puts an answer into the card's body; it is called again for another language. */
export function card(element, show) {
  const body = element.querySelector('.body');
  let turn = 0;
  let redraw = () => {};

  async function load(ask) {
    const mine = ++turn;
    element.ariaBusy = 'true';
    if (!body.hasChildNodes()) {
      body.replaceChildren(make('p', {className: 'soft', textContent: word('loading')}));
    }
    const draw = await ask().then(
      (answer) => () => show(answer, body),
      (problem) => () => body.replaceChildren(trouble(problem, () => load(ask))));
    // An answer that was overtaken by another question is of no interest.
    if (mine === turn) {
      element.ariaBusy = 'false';
      redraw = draw;
      draw();
    }
  }

  function clear() {
    turn++;
    redraw = () => {};
    body.replaceChildren();
  }

  document.addEventListener('luot:language', () => redraw());
  return {load, clear};
}

function trouble(problem, again) {
  return make('div', {className: 'problem', role: 'alert'},
    make('p', {}, make('strong', {textContent: problem.message})),
    make('p', {textContent: problem.detail}),
    make('button', {type: 'button', textContent: word('again'), onclick: again}));
}

export const empty = (name) => make('p', {className: 'soft empty', textContent: word(name)});
