/* The table of pages: its head sorts, its rows lead to the pages. */
import {choose, chosen} from '../choice.js';
import {average as written, number} from '../format.js';
import {find, html, nothing} from '../ui.js';
import {word} from '../words.js';

/** Columns and what the API calls their order. */
const COLUMNS = [['page', 'path'], ['views', 'views'], ['visits', 'visits'], ['downloads', 'downloads'], ['rating', 'average']];

export const pageHead = (sort, order) => html`<thead><tr>
  <th scope="col" class="rank"><span class="hidden">#</span></th>
  ${COLUMNS.map(([name, key]) => headCell(name, key, sort, order, name !== 'page'))}</tr></thead>`;

/** A column's head that sorts by it: numbers first from the top, names from A. */
export function headCell(name, key, sort, order, count) {
  const current = sort.replace('-', '') === key;
  const descending = sort.startsWith('-');
  const other = current ? (descending ? key : '-' + key) : (count ? '-' + key : key);
  const sorted = current ? (descending ? 'descending' : 'ascending') : 'none';
  return html`<th scope="col" class=${count ? 'count' : ''} aria-sort=${sorted}><button type="button"
    data-name=${key} title=${word('sortBy', {column: word(name)})} @click=${() => order(other)}
    >${word(name)}</button></th>`;
}

export const pageRows = (pages, site, first) => html`<tbody>${pages.map((page, i) => html`<tr>
  <td class="rank">${number(first + i + 1)}</td>
  <th scope="row"><div class="named"><span>${name(page, site)}</span>${overTime(page)}</div></th>
  <td class="count">${number(page.views)}</td>
  <td class="count">${number(page.visits)}</td>
  <td class="count">${number(page.downloads)}</td>
  <td class="count">${rating(page.rating)}</td></tr>`)}</tbody>`;

/** Titles of the site's pages that were listed: the address keeps paths only. */
export const titles = new Map();

export const named = (path) => titles.get(path) || path;

/** Of a file that was only downloaded, its downloads. */
export function overTime({path, title, views, downloads}) {
  titles.set(path, title ?? titles.get(path));
  return path.startsWith('~') ? nothing : html`<button type="button" class="over-time" data-over-time=${path}
    title=${word('overTime')} aria-label=${word('overTimeOf', {page: title || path})} @click=${() => {
      choose({page: path, metric: downloads && !views ? 'downloads' : chosen.metric});
      find('#series').scrollIntoView();
      find('#of-page button').focus();
    }}><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M1.5 12.5 6 7l3 3 5.5-6.5"
      fill="none" stroke="currentColor" stroke-width="2"/></svg></button>`;
}

export function name({path, title}, {origins}) {
  if (path === '~other') {
    return word('otherPages');
  }
  const text = title || path;
  // An explicit id is not an address.
  const named = path.startsWith('/') && origins.length
    ? html`<a href=${origins[0] + path} target="_blank" rel="noopener noreferrer">${text}</a>`
    : html`<span>${text}</span>`;
  return html`${named}${title ? html`<small class="soft">${path}</small>` : nothing}`;
}

const rating = ({average, count}) => count
  ? html`${written(average)}<small class="soft"> (${number(count)})</small>`
  : '–';
