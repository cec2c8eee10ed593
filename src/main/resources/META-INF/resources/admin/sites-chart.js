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
let wanted = {length: LENGTHS[0], label: ''};
let chart = null;
let drawing = null;
let tableOpen = false;

export function clear() {
  wanted = {...wanted, label: ''};
  drawing = null;
  shown.clear();
}

export function load(changes = {}) {
  wanted = {...wanted, ...changes};
  const {length, label} = wanted;
  const here = today();
  return shown.load(async () => {
    const answer = await read('overview/days', {from: dayBefore(here, length - 1), label});
    // It goes until the day that has begun anywhere: where a site is, that may be the next one.
    const last = answer.days.reduce((latest, {day}) => (day > latest ? day : latest), here);
    return {...answer, from: dayBefore(last, length - 1), length, label};
  });
}

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
