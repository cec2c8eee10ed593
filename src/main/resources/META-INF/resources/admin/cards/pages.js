/* Pages with their numbers: sorted, searched and leafed through. */
import {days} from '../choice.js';
import {readOf} from '../calls.js';
import {find, make} from '../dom.js';
import {number} from '../format.js';
import {word} from '../words.js';
import {card, empty} from './card.js';
import {pageRows, pageHead} from './page-rows.js';

const LIMIT = 20;

const shown = card(find('#pages'), show);
const search = find('#search');
let site = null;
let sort = '-views';

/** The cursors of the sheets up to this one; the first sheet has none. */
let cursors = [''];
let typing = null;

export function clear() {
  site = null;
  search.value = '';
  shown.clear();
}

/** From the first sheet on. */
export function load(which) {
  site = which;
  cursors = [''];
  return read();
}

function read() {
  const asked = {...days(site.timeZone), sort, limit: LIMIT, search: search.value.trim()};
  const cursor = cursors.at(-1);
  const sheet = cursors.length;
  return shown.load(async () => ({...await readOf(site.id, 'pages', {...asked, cursor}), sheet}));
}

function show({pages, next, sheet}, body) {
  if (pages.length === 0) {
    body.replaceChildren(empty('noPages'));
    return;
  }
  const focused = body.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  const first = (sheet - 1) * LIMIT;
  body.replaceChildren(
    make('div', {className: 'scroll', tabIndex: 0, role: 'group', ariaLabel: word('pages')},
      make('table', {className: 'pages'}, pageHead(sort, order), pageRows(pages, site, first))),
    sheets(first, pages.length, next));
  // The table is made anew under the reader's fingers.
  body.querySelector(`[data-name="${focused}"]:not(:disabled)`)?.focus();
}

function order(by) {
  sort = by;
  load(site);
}

function sheets(first, count, next) {
  const turn = (name, enabled, go) => make('button',
    {type: 'button', textContent: word(name), disabled: !enabled, 'data-name': name, onclick: go});
  const range = {from: number(first + 1), to: number(first + count)};
  return make('div', {className: 'sheets'},
    make('span', {className: 'soft', textContent: word('pagesShown', range)}),
    turn('earlier', cursors.length > 1, () => read(cursors.pop())),
    turn('later', next, () => read(cursors.push(next))));
}

search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => site && load(site), 300);
});
