/* A card is loading, shows what was read, or says why it cannot. */
import {html, nothing, render} from '../ui.js';
import {word} from '../words.js';

/**
 * {@code show} makes a template of an answer, and again for another language; {@code drawn} is told
 * when it is in the page.
 */
export function card(element, show, drawn = () => {}) {
  const body = element.querySelector('.body');
  let turn = 0;
  let content = null;

  function draw() {
    render(content ? content() : nothing, body);
    drawn(body);
  }

  async function load(ask) {
    const mine = ++turn;
    element.setAttribute('aria-busy', true);
    if (!content) {
      render(html`<p class="soft">${word('loading')}</p>`, body);
    }
    const next = await ask().then(
      (answer) => () => show(answer),
      (problem) => () => trouble(problem, () => load(ask)));
    // An answer that was overtaken by another question is of no interest.
    if (mine === turn) {
      element.setAttribute('aria-busy', false);
      content = next;
      draw();
    }
  }

  function clear() {
    turn++;
    content = null;
    draw();
  }

  document.addEventListener('luot:language', () => content && draw());
  return {load, clear, draw: () => content && draw()};
}

/** What a call was refused with, and a way to try again. */
export const trouble = (problem, again) => html`<div class="problem" role="alert">
  <p><strong>${problem.message}</strong></p><p>${problem.detail}</p>
  <button type="button" @click=${again}>${word('again')}</button></div>`;

export const empty = (name) => html`<p class="soft empty">${word(name)}</p>`;
