/* The chart's numbers as a table: for who cannot see it, and for exact reading. */
import {moment, number} from '../format.js';
import {html, nothing} from '../ui.js';
import {word} from '../words.js';

/** Filled when it is first opened: a year of hours is a long table. */
export const seriesTable = (drawing, opened, open) => html`<details ?open=${opened} @toggle=${open}>
  <summary>${word('seriesTable')}</summary>${opened ? table(drawing) : nothing}</details>`;

/** Scrolls by itself, so the keyboard must be able to get into it. */
function table({points, interval, timeZone, label, compare, rated}) {
  const digits = rated ? 2 : 0;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${word('series')}><table>
    <thead><tr><th scope="col">${word('time')}</th><th scope="col" class="count">${label}</th>
      ${compare ? html`<th scope="col" class="count">${compare}</th>` : nothing}</tr></thead>
    <tbody>${points.map(({from, value, before}) => html`<tr>
      <th scope="row">${from ? moment(from, interval, timeZone) : '–'}</th><td class="count">${number(value, digits)}</td>
      ${compare ? html`<td class="count">${number(before, digits)}</td>` : nothing}</tr>`)}</tbody></table></div>`;
}
