/* The table of pages: its head sorts, its rows lead to the pages. */
import {make} from '../dom.js';
import {average as written, number} from '../format.js';
import {word} from '../words.js';

/** Columns and what the API calls their order. */
const COLUMNS = [['page', 'path'], ['views', 'views'], ['visits', 'visits'], ['rating', 'average']];

export function pageHead(sort, order) {
  const cells = COLUMNS.map(([name, key]) => {
    const current = sort.replace('-', '') === key;
    const descending = sort.startsWith('-');
    // Numbers are first looked at from the top, names from A.
    const other = current ? (descending ? key : '-' + key) : (key === 'path' ? key : '-' + key);
    const button = make('button', {type: 'button', textContent: word(name), 'data-name': key,
      title: word('sortBy', {column: word(name)}), onclick: () => order(other)});
    return make('th', {scope: 'col', className: name === 'page' ? '' : 'count',
      ariaSort: current ? (descending ? 'descending' : 'ascending') : 'none'}, button);
  });
  return make('thead', {}, make('tr', {}, make('th', {scope: 'col', className: 'rank'},
    make('span', {className: 'hidden', textContent: '#'})), ...cells));
}

export function pageRows(pages, site, first) {
  return make('tbody', {}, ...pages.map((page, i) => make('tr', {},
    make('td', {className: 'rank', textContent: number(first + i + 1)}),
    make('th', {scope: 'row'}, ...name(page, site)),
    make('td', {className: 'count', textContent: number(page.views)}),
    make('td', {className: 'count', textContent: number(page.visits)}),
    make('td', {className: 'count'}, ...rating(page.rating)))));
}

function name({path, title}, {origins}) {
  if (path === '~other') {
    return [word('otherPages')];
  }
  const text = title || path;
  // An explicit id is not an address.
  const named = path.startsWith('/') && origins.length
    ? make('a', {href: origins[0] + path, target: '_blank', rel: 'noopener noreferrer', textContent: text})
    : make('span', {textContent: text});
  return title ? [named, make('small', {className: 'soft', textContent: path})] : [named];
}

function rating({average, count}) {
  return count
    ? [written(average), make('small', {className: 'soft', textContent: ` (${number(count)})`})]
    : ['–'];
}
