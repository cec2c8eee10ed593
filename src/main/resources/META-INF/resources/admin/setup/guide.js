/* What to do with a site that nothing has been counted for yet; it waits for the first view. */
import {changeOf, here, readOf} from '../calls.js';
import {copied} from '../forms.js';
import {moment} from '../format.js';
import {find, html, nothing, render, say} from '../ui.js';
import {word} from '../words.js';

const EVERY = 2_000;

const board = find('#board');
const place = find('#guide');
let site = null;
let me = null;
let timer = null;
let seen = null;
let refused = [];

/** Shows itself in place of the numbers while there are none. */
export function load(which, who) {
  clear();
  [site, me] = [which, who];
  return look();
}

export function clear() {
  clearTimeout(timer);
  [site, seen, refused] = [null, null, []];
  board.classList.remove('fresh');
  draw();
}

async function look() {
  const mine = site;
  clearTimeout(timer);
  try {
    const {views} = await readOf(mine.id, 'counters');
    if (mine !== site) {
      return;
    }
    if (views?.total === 0) {
      board.classList.add('fresh');
      ({refusals: refused} = await readOf(mine.id, 'refusals', {limit: 5}));
    } else if (views && board.classList.contains('fresh')) {
      const {pages} = await readOf(mine.id, 'pages', {limit: 1});
      seen = pages[0] ?? {};
      say(word('guide.came'));
    }
  } catch {
    // A store is away for a moment, or the key is gone, which others say.
  }
  if (mine === site && board.classList.contains('fresh')) {
    draw();
    timer = seen ? null : setTimeout(look, EVERY);
  }
}

const snippet = ({id}) =>
  `<script async src="${new URL('../widget.js', here)}" data-site="${id}"></` + 'script>';

function draw() {
  render(site && board.classList.contains('fresh') ? html`<div class="panel">
    <h2>${word('guide.title')}</h2>
    <ol class="steps">
      <li><h3>${word('guide.paste')}</h3><p class="soft">${word('guide.where')}</p>${copied(snippet(site), word('guide.paste'))}</li>
      <li><h3>${word('guide.open')}</h3><p>${site.origins.map((origin) => html`<a href=${origin} target="_blank"
        rel="noopener noreferrer">${origin}</a> `)}</p></li>
      <li><h3>${word('guide.wait')}</h3>${seen ? came() : html`<p class="waiting" role="status">${word('guide.waiting')}</p>`}
        ${refused.length && !seen ? html`<div class="refused scroll" tabindex="0" role="group"
          aria-label=${word('refused.origins')}>${refusals(refused, site, me, look)}</div>` : nothing}</li>
    </ol>
    ${seen ? html`<button type="button" class="primary" @click=${leave}>${word('guide.numbers')}</button>` : nothing}
  </div>` : nothing, place);
}

const came = () => html`<p class="up came">${word('guide.came')}</p><p>${seen.title ?? ''} <code>${seen.path ?? ''}</code></p>`;

function leave() {
  const {id} = site;
  clear();
  document.dispatchEvent(new CustomEvent('luot:site', {detail: id}));
}

/** Origins that were refused, and a way to let them in. */
export const refusals = (list, of, who, again) => html`<table><caption class="soft">${word('refused.origins')}</caption>
  <thead><tr><th scope="col">${word('refused.origin')}</th><th scope="col" class="count">${word('refused.calls')}</th>
    <th scope="col">${word('refused.last')}</th><th scope="col"><span class="hidden">${word('refused.add')}</span></th></tr></thead>
  <tbody>${list.map(({origin, reason, refused: count, lastAt}) => html`<tr>
    <th scope="row">${origin ?? word('refused.none')}<small class="soft"> ${word('refused.why.' + reason)}</small></th>
    <td class="count">${count}</td><td>${moment(lastAt, 'hour', of.timeZone)}</td>
    <td>${origin && reason === 'origin-not-allowed' && who.may('editor') ? html`<button type="button"
      @click=${() => allow(of, origin, again)}>${word('refused.add')}</button>` : nothing}</td></tr>`)}</tbody></table>`;

async function allow(of, origin, again) {
  // Beside those of now: another owner may have added one.
  const {origins} = await readOf(of.id, '');
  const changed = await changeOf('PATCH', of.id, '', {origins: [...new Set([...origins, origin])]});
  Object.assign(of, changed);
  say(word('refused.added', {origin}));
  again();
}

document.addEventListener('luot:language', draw);
