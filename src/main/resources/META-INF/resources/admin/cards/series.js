/* Numbers over time, beside those of the period before. */
import {chosen, days} from '../choice.js';
import {readOf} from '../calls.js';
import {find, make} from '../dom.js';
import {change, moment, number} from '../format.js';
import {word} from '../words.js';
import {card, empty} from './card.js';
import {plot} from './plot.js';
import {seriesTable} from './series-table.js';

const shown = card(find('#series'), show);
let chart = null;
let drawing = null;

export const clear = shown.clear;

export function load({id, timeZone}) {
  const {metric, interval} = chosen;
  const asked = {metric, interval, ...days(timeZone), compare: 'previous'};
  return shown.load(() => readOf(id, 'series', asked));
}

/** Points beside those of the period before; what has not begun yet is nothing, not 0. */
function beside({points, previous, asOf}) {
  const now = asOf ? Date.parse(asOf) : Date.now();
  return points.map(({from, value}, i) => {
    const begun = Date.parse(from) <= now;
    return {from, begun, value: begun ? value : null, before: previous?.[i]?.value ?? null};
  });
}

function show(series, body) {
  chart?.destroy();
  chart = null;
  const points = beside(series);
  const begun = points.filter((point) => point.begun);
  const sum = total(begun, 'value');
  const before = total(begun, 'before');
  if (!sum && !before) {
    body.replaceChildren(empty('nothing'));
    return;
  }
  const {interval, timeZone, metric} = series;
  const canvas = make('canvas', {role: 'img'});
  drawing = {points, interval, timeZone, label: word('metric.' + metric), compare: Boolean(series.previous)};
  canvas.ariaLabel = said(begun, drawing, sum, before);
  body.replaceChildren(
    summary(interval, sum, before),
    make('div', {className: 'plot'}, canvas, make('img', {className: 'printed', alt: canvas.ariaLabel})),
    seriesTable(drawing));
  chart = plot(canvas, drawing);
}

const total = (points, which) => points.reduce((sum, point) => sum + (point[which] ?? 0), 0);

function summary(interval, sum, before) {
  const changed = change(sum, before);
  return make('p', {className: 'summary'},
    make('b', {className: 'figure', textContent: number(sum)}),
    changed ? make('span', {className: sum < before ? 'down' : 'up', textContent: changed}) : '',
    make('span', {className: 'soft', textContent: word('sums', {unit: word('unit.' + interval), previous: number(before)})}));
}

function said(begun, {interval, timeZone, label}, sum, before) {
  const most = begun.reduce((high, point) => (point.value > high.value ? point : high), begun[0]);
  const at = (point) => moment(point.from, interval, timeZone);
  return word('chartSaid', {metric: label, from: at(begun[0]), to: at(begun.at(-1)),
    sum: number(sum), most: number(most.value), when: at(most),
    unit: word('unit.' + interval), previous: number(before)});
}

/** Paper is white, whatever the screen is: a picture in its colours takes the canvas's place. */
function printChart() {
  const image = find('#series .printed');
  if (chart && image) {
    const canvas = find('.paper').appendChild(make('canvas'));
    const once = plot(canvas, drawing, true);
    image.src = once.toBase64Image();
    once.destroy();
    canvas.remove();
  }
}

/** Only the chart: what stands around it follows the style sheet, and a picture may be on its way to paper. */
function recolour() {
  if (chart) {
    const {canvas} = chart;
    chart.destroy();
    chart = plot(canvas, drawing);
  }
}

addEventListener('beforeprint', printChart);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
