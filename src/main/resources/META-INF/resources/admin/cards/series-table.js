/* The chart's numbers as a table: for who cannot see it, and for exact reading. */
import {make} from '../dom.js';
import {moment, number} from '../format.js';
import {word} from '../words.js';

/** Filled when it is first opened: a year of hours is a long table. */
export function seriesTable(drawing) {
  const details = make('details', {}, make('summary', {textContent: word('seriesTable')}));
  details.addEventListener('toggle', () => details.append(table(drawing)), {once: true});
  return details;
}

function table({points, interval, timeZone, label}) {
  const head = [word('time'), label, word('previous')].map((name, i) =>
    make('th', {scope: 'col', className: i ? 'count' : '', textContent: name}));
  const rows = points.map(({from, value, before}) => make('tr', {},
    make('th', {scope: 'row', textContent: moment(from, interval, timeZone)}),
    make('td', {className: 'count', textContent: number(value)}),
    make('td', {className: 'count', textContent: number(before)})));
  // Scrolls by itself, so the keyboard must be able to get into it.
  return make('div', {className: 'scroll', tabIndex: 0, role: 'group', ariaLabel: word('series')},
    make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows)));
}
