/* Numbers over time, beside those of another period. The API says what is compared; see its compare. */
import {asked, choose, chosen, compared} from '../choice.js';
import {readOf} from '../calls.js';
import {change, date, moment, number} from '../format.js';
import {find, html, nothing, render} from '../ui.js';
import {word} from '../words.js';
import {card, empty} from './card.js';
import {named} from './page-rows.js';
import {plot, printable} from './plot.js';
import {seriesTable} from './series-table.js';

const shown = card(find('#series'), show, drawChart);
let chart = null;
let drawing = null;
let tableOpen = false;

export const clear = shown.clear;

export function load({id, timeZone}) {
  const {metric, interval, page} = chosen;
  drawPage();
  // Of all time the points before the first number are left out below.
  const wanted = {from: '2000-01-01', ...asked(timeZone), metric, interval, page, compare: compared()};
  return shown.load(() => readOf(id, 'series', wanted));
}

/** Which page it is about, and the way back. */
function drawPage() {
  const {page} = chosen;
  render(page ? html`<b>${named(page)}</b> <button type="button" @click=${() => choose({page: ''})}
    >${word('everywhere')}</button>` : nothing, find('#of-page'));
}

/** Points beside those of the other period, which may have more of them. */
function beside({points, previous = []}) {
  const first = chosen.period === 'all' ? Math.max(0, points.findIndex(({value}) => value)) : 0;
  const length = Math.max(points.length - first, previous.length);
  return Array.from({length}, (_, i) => ({
    from: points[first + i]?.from,
    value: points[first + i]?.value ?? null,
    begins: previous[i]?.from,
    before: previous[i]?.value ?? null,
  }));
}

function show(series) {
  const {interval, timeZone, metric, sum, comparison} = series;
  if (sum === 0 && !comparison?.other) {
    drawing = null;
    return empty('nothing');
  }
  const points = beside(series);
  drawing = {points, interval, timeZone, label: word('metric.' + metric),
    compare: comparison ? word('compared.' + (chosen.compare in {previous: 1, year: 1} ? chosen.compare : 'date')) : ''};
  const told = said(drawing, sum);
  return html`${summary(series)}
    <div class="plot"><canvas role="img" aria-label=${told}></canvas><img class="printed" alt=${told}></div>
    ${seriesTable(drawing, tableOpen, ({target}) => {
      if (tableOpen !== target.open) {
        tableOpen = target.open;
        shown.draw();
      }
    })}`;
}

function summary({sum, comparison, timeZone}) {
  const {value, other, countedSince} = comparison ?? {};
  const changed = countedSince ? null : change(value, other);
  return html`<p class="summary"><b class="figure">${number(sum)}</b>
    ${changed ? html`<span class=${value < other ? 'down' : 'up'}>${changed}</span>` : nothing}
    ${sum === null ? html`<span class="soft">${word('notKept')}</span>`
      : comparison ? html`<span class="soft compared">${compares(comparison, timeZone)}</span>` : nothing}</p>`;
}

/** In words, what the change is one of. */
function compares({from, until, to, otherUntil, value, other, countedSince}, timeZone) {
  const day = (at) => date(at, timeZone);
  const last = (end) => date(Date.parse(end) - 1, timeZone);
  if (value === null) {
    return word('comparesNothing');
  }
  if (other === null) {
    return word('comparesUncounted', {from: day(from), to: last(to)});
  }
  const text = otherUntil === to
    ? word('comparesWhole', {from: day(from), to: last(to), other: number(other)})
    : word('comparesPart', {until: moment(until, 'hour', timeZone), value: number(value),
      from: day(from), otherUntil: moment(otherUntil, 'hour', timeZone), other: number(other)});
  return countedSince ? text + ' ' + word('comparesSince', {day: date(countedSince, 'UTC')}) : text;
}

function said({points, interval, timeZone, label}, sum) {
  const begun = points.filter(({value}) => value !== null);
  if (!begun.length) {
    return label;
  }
  const most = begun.reduce((high, point) => (point.value > high.value ? point : high));
  const at = (point) => moment(point.from, interval, timeZone);
  return word('chartSaid', {metric: label, from: at(begun[0]), to: at(begun.at(-1)),
    sum: number(sum), most: number(most.value), when: at(most)});
}

function drawChart(body) {
  const canvas = body.querySelector('canvas');
  chart?.destroy();
  chart = canvas && drawing ? plot(canvas, drawing) : null;
}

printable('#series', () => drawing);
document.addEventListener('luot:language', drawPage);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown.draw());
