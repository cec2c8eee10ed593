/* Views of all sites together, or of those with a label, day by day. */
import {read} from './calls.js';
import {card, empty} from './cards/card.js';
import {plot, printable} from './cards/plot.js';
import {seriesTable} from './cards/series-table.js';
import {dayBefore, today} from './days.js';
import {number} from './format.js';
import {find, html} from './ui.js';
import {word} from './words.js';

const LENGTHS = [30, 90, 365];

const shown = card(find('#sites-chart'), show, draw);
let wanted = {length: LENGTHS[0], label: '', sites: []};
let chart = null;
let drawing = null;
let tableOpen = false;

export function clear() {
  wanted = {...wanted, label: '', sites: []};
  drawing = null;
  shown.clear();
}

export function load(changes = {}) {
  wanted = {...wanted, ...changes};
  const {length, label, sites} = wanted;
  const to = newest(sites.filter(({labels}) => !label || labels.includes(label)));
  const from = dayBefore(to, length - 1);
  return shown.load(async () => ({...await read('overview/days', {from, to, label}), from, length, label}));
}

/** The day that has begun where one of the sites is: the browser may be where it is another. */
const newest = (sites) =>
  [...new Set(sites.map(({timeZone}) => timeZone))].map((zone) => today(zone)).sort().at(-1) ?? today();

function show({sites, days, from, length, label}) {
  const views = new Map(days.map((day) => [day.day, day.views]));
  const points = Array.from({length}, (_, i) => dayBefore(from, -i)).map((day) => ({from: day, value: views.get(day) ?? 0}));
  const sum = number(points.reduce((all, {value}) => all + value, 0));
  const said = word(label ? 'sitesSaidOf' : 'sitesSaid', {count: number(sites), days: number(length), label});
  drawing = days.length ? {points, interval: 'day', timeZone: 'UTC', label: word('metric.views')} : null;
  return html`<div class="summary"><b class="figure">${sum}</b> <span class="soft">${said}</span>
      <label class="export"><span class="hidden">${word('period')}</span><select id="sites-days"
        @change=${({target}) => load({length: Number(target.value)})}>${LENGTHS.map((count) => html`<option value=${count}
        .selected=${count === length}>${word('lastDays', {count: number(count)})}</option>`)}</select></label></div>
    ${drawing ? html`<div class="plot"><canvas role="img" aria-label=${sum + ' ' + said}></canvas><img class="printed"
        alt=${sum + ' ' + said}></div>
      ${seriesTable(drawing, tableOpen, ({target}) => {
        if (tableOpen !== target.open) {
          tableOpen = target.open;
          shown.draw();
        }
      })}` : empty('nothing')}`;
}

function draw(body) {
  const canvas = body.querySelector('canvas');
  chart?.destroy();
  chart = canvas && drawing ? plot(canvas, drawing) : null;
}

printable('#sites-chart', () => drawing);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown.draw());
