/* Pages with their numbers: sorted, searched and leafed through. */
import {asked, choose, chosen} from '../choice.js';
import {readOf} from '../calls.js';
import {number} from '../format.js';
import {segments} from '../segments.js';
import {find, html, render} from '../ui.js';
import {word} from '../words.js';
import {card, empty} from './card.js';
import {pageHead, pageRows, titles} from './page-rows.js';
import {sectionTable, within} from './sections.js';

const LIMIT = 20;

const shown = card(find('#pages'), show);
const search = find('#search');
let site = null;
let sort = '-views';

let typing = null;

export function clear() {
  site = null;
  search.value = '';
  titles.clear();
  shown.clear();
}

/** From the first sheet on. */
export function load(which) {
  site = which;
  drawList();
  return chosen.list === 'sections' ? readSections() : read(['']);
}

function drawList() {
  render(segments('list', ['pages', 'sections'], (list) => choose({list})), find('[data-choose=list]'));
  search.closest('label').hidden = chosen.list === 'sections';
}

function readSections() {
  const {prefix} = chosen;
  const wanted = {...asked(site.timeZone), prefix, limit: LIMIT};
  return shown.load(async () => ({...await readOf(site.id, 'pages/sections', wanted), prefix}));
}

/** The sheet of the last of these cursors, those of the sheets up to it; the first sheet has none. */
function read(cursors) {
  const wanted = {...asked(site.timeZone), sort, limit: LIMIT, search: search.value.trim(), prefix: chosen.prefix};
  const cursor = cursors.at(-1);
  return shown.load(async () => ({...await readOf(site.id, 'pages', {...wanted, cursor}), cursors, prefix: wanted.prefix}));
}

function show(answer) {
  const {prefix, sections} = answer;
  return html`${within(prefix)}${sections ? sectionTable(answer, prefix || '/') : table(answer)}`;
}

function table({pages, next, cursors}) {
  if (pages.length === 0) {
    return empty('noPages');
  }
  const first = (cursors.length - 1) * LIMIT;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${word('pages')}>
      <table class="pages">${pageHead(sort, order)}${pageRows(pages, site, first)}</table></div>
    ${sheets(first, pages.length, cursors, next)}`;
}

function order(by) {
  sort = by;
  load(site);
}

function sheets(first, count, cursors, next) {
  const range = {from: number(first + 1), to: number(first + count)};
  return html`<div class="sheets"><span class="soft">${word('pagesShown', range)}</span>
    <button type="button" data-name="earlier" ?disabled=${cursors.length < 2}
      @click=${() => read(cursors.slice(0, -1))}>${word('earlier')}</button>
    <button type="button" data-name="later" ?disabled=${!next}
      @click=${() => read([...cursors, next])}>${word('later')}</button></div>`;
}

document.addEventListener('luot:language', drawList);
search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => site && load(site), 300);
});
