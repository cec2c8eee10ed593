/* Numbers over time, beside those of another period. The API says what is compared; see its compare. */
import {asked, choose, chosen, compared} from '../choice.js';
import {readOf} from '../calls.js';
import {average, change, date, moment, number} from '../format.js';
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
  return shown.load(() => (metric === 'rating' ? averages(id, wanted) : readOf(id, 'series', wanted)));
}

/** The average of votes, which is no sum: their stars divided by their number, wherever there are some. */
async function averages(id, wanted) {
  const [stars, votes] = await Promise.all(['stars', 'votes'].map((metric) => readOf(id, 'series', {...wanted, metric})));
  const per = (sum, count) => (count ? sum / count : null);
  const each = (points, counts) => points?.map(({from, value}, i) => ({from, value: per(value, counts[i].value)}));
  const {comparison} = votes;
  return {...stars, metric: 'rating', votes: votes.sum, sum: per(stars.sum, votes.sum),
    points: each(stars.points, votes.points), previous: each(stars.previous, votes.previous),
    comparison: comparison && {...comparison, nothing: comparison.value === null,
      value: per(stars.comparison.value, comparison.value), other: per(stars.comparison.other, comparison.other)}};
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
  const rated = metric === 'rating';
  if ((rated ? !sum : sum === 0) && !comparison?.other) {
    drawing = null;
    return empty(rated ? 'noVotesThen' : 'nothing');
  }
  const points = beside(series);
  drawing = {points, interval, timeZone, rated, label: word('metric.' + metric),
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

function summary({metric, sum, votes, comparison, timeZone}) {
  const {value, other, countedSince} = comparison ?? {};
  const rated = metric === 'rating';
  const changed = rated || countedSince ? null : change(value, other);
  return html`<p class="summary"><b class="figure">${rated && sum ? average(sum) : number(sum)}</b>
    ${rated ? html`<span class="soft">${word('votes', {count: number(votes)})}</span>` : nothing}
    ${changed ? html`<span class=${value < other ? 'down' : 'up'}>${changed}</span>` : nothing}
    ${sum === null && !rated ? html`<span class="soft">${word('notKept')}</span>`
      : comparison ? html`<span class="soft compared">${compares(comparison, timeZone, rated ? 2 : 0)}</span>` : nothing}</p>`;
}

/** In words, what the change is one of. */
function compares({from, until, to, otherUntil, value, other, countedSince, nothing: none = value === null}, timeZone, digits) {
  const day = (at) => date(at, timeZone);
  const last = (end) => date(Date.parse(end) - 1, timeZone);
  if (none) {
    return word('comparesNothing');
  }
  if (other === null) {
    return word('comparesUncounted', {from: day(from), to: last(to)});
  }
  const text = otherUntil === to
    ? word('comparesWhole', {from: day(from), to: last(to), other: number(other, digits)})
    : word('comparesPart', {until: moment(until, 'hour', timeZone), value: number(value, digits),
      from: day(from), otherUntil: moment(otherUntil, 'hour', timeZone), other: number(other, digits)});
  return countedSince ? text + ' ' + word('comparesSince', {day: date(countedSince, 'UTC')}) : text;
}

function said({points, interval, timeZone, label, rated}, sum) {
  const begun = points.filter(({value}) => value !== null);
  if (!begun.length) {
    return label;
  }
  const most = begun.reduce((high, point) => (point.value > high.value ? point : high));
  const at = (point) => moment(point.from, interval, timeZone);
  return word(rated ? 'ratingSaid' : 'chartSaid', {metric: label, from: at(begun[0]), to: at(begun.at(-1)),
    sum: number(sum, 2), most: number(most.value, 2), when: at(most)});
}

function drawChart(body) {
  const canvas = body.querySelector('canvas');
  chart?.destroy();
  chart = canvas && drawing ? plot(canvas, drawing) : null;
}

printable('#series', () => drawing);
document.addEventListener('luot:language', drawPage);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown.draw());
