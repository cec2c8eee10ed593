/* Draws points with Chart.js in the colours of the style sheet. */
import {moment, number, tick} from '../format.js';
import {find} from '../ui.js';
import {word} from '../words.js';

/* global Chart */

/** Colours as they are on this element now: the reader's scheme, or paper's. */
function colours(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue('--' + name).trim();
  return {accent: colour('accent'), fill: colour('accent-soft'), before: colour('before'),
    soft: colour('soft'), line: colour('line'), card: colour('card')};
}

/** {@code points} with {from, value, before}; {@code rated}: of 5; {@code picture}: still, and sharp on paper. */
export function plot(canvas, {points, interval, timeZone, label, compare, rated = false}, picture = false) {
  // Between points that have no average there is no line.
  const radius = points.length > 45 ? (rated ? 2 : 0) : points.length > 2 ? 2 : 5;
  const c = colours(canvas);
  const oneDay = new Set(points.map(({from, begins}) => (from ?? begins).slice(0, 10))).size === 1;
  const title = (at) => at && moment(at, interval, timeZone);
  return new Chart(canvas, {
    type: 'line',
    data: {
      labels: points.map(({from}) => (from ? tick(from, interval, timeZone, oneDay) : '')),
      datasets: [
        line(word('current'), points.map(({value}) => value), {borderColor: c.accent,
          backgroundColor: c.fill, fill: 'origin', borderWidth: 2.5}, radius),
        ...(compare ? [line(compare, points.map(({before}) => before),
          {borderColor: c.before, backgroundColor: 'transparent', borderDash: [5, 4], borderWidth: 1.5}, radius)] : []),
      ],
    },
    options: options(c, label, picture, Boolean(compare), rated, (i, other) => title(other ? points[i].begins : points[i].from)),
  });
}

/** Paper is white, whatever the screen is: a picture in its colours takes the canvas's place. */
export function printable(place, drawing) {
  addEventListener('beforeprint', () => {
    const image = find(place + ' .printed');
    if (image && drawing()) {
      const canvas = find('.paper').appendChild(document.createElement('canvas'));
      const once = plot(canvas, drawing(), true);
      image.src = once.toBase64Image();
      once.destroy();
      canvas.remove();
    }
  });
}

function line(label, data, look, radius) {
  return {label, data, ...look, tension: 0.25, cubicInterpolationMode: 'monotone',
    pointRadius: radius, pointHoverRadius: 5, pointBackgroundColor: look.borderColor};
}

/** Chart.js draws the line of a point's style, which is never dashed. */
const generateLabels = (chart) => Chart.defaults.plugins.legend.labels.generateLabels(chart)
  .map((entry) => ({...entry, lineDash: chart.data.datasets[entry.datasetIndex].borderDash}));

function options(c, label, picture, two, rated, when) {
  const still = picture || matchMedia('(prefers-reduced-motion: reduce)').matches;
  const axis = {color: c.soft, maxRotation: 0, autoSkipPadding: 24};
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: still ? false : {duration: 250},
    devicePixelRatio: picture ? 2 : undefined,
    interaction: {mode: 'index', intersect: false},
    scales: {
      x: {grid: {display: false}, border: {color: c.line}, ticks: axis},
      y: {beginAtZero: true, suggestedMax: rated ? 5 : undefined, grid: {color: c.line}, border: {display: false},
        ticks: {color: c.soft, precision: 0, maxTicksLimit: 6, callback: (value) => number(value)}},
    },
    plugins: {
      legend: {display: two, position: 'bottom', align: 'start',
        labels: {color: c.soft, usePointStyle: true, pointStyle: 'line', pointStyleWidth: 28, padding: 14, generateLabels}},
      tooltip: {filter: ({raw}) => raw !== null, callbacks: {
        title: () => '',
        label: ({dataset, datasetIndex, dataIndex, parsed}) =>
          `${dataset.label}, ${when(dataIndex, datasetIndex === 1)}: ${number(parsed.y, rated ? 2 : 0)} ${rated ? '★' : label.toLowerCase()}`}},
    },
  };
}
