/* A report of a month, a quarter or a year, as it is handed in: on paper as on the screen. */
import {call, readOf} from './calls.js';
import {plot, printable} from './cards/plot.js';
import {card} from './cards/card.js';
import {hostName} from './cards/referrers.js';
import {today} from './days.js';
import {DEFINED, meaning} from './definitions.js';
import {save} from './export.js';
import {average, change, date, moment, number, share} from './format.js';
import {find, html, nothing} from './ui.js';
import {locale, word} from './words.js';

const METRICS = ['views', 'visits', 'visitors', 'votes'];
const PAGES = 30;
const HOSTS = 15;

const shown = card(find('#report'), show, draw);
let site = null;
let wanted = null;
let chart = null;
let drawing = null;

export function clear() {
  chart?.destroy();
  [site, chart, drawing] = [null, null, null];
  shown.clear();
}

export function load(which) {
  clear();
  site = which;
  const [year, month] = today(site.timeZone).split('-').map(Number);
  // The month that is over last is what is mostly reported.
  wanted = month === 1 ? {kind: 'month', year: year - 1, part: 12} : {kind: 'month', year, part: month - 1};
  return read();
}

/** Months of a part: how many, and the first of the year's first part. */
const MONTHS = {month: 1, quarter: 3, year: 12};

function range({kind, year, part}) {
  const first = (part - 1) * MONTHS[kind];
  const day = (month, of) => new Date(Date.UTC(year, month, of)).toISOString().slice(0, 10);
  return {from: day(first, 1), to: day(first + MONTHS[kind], 0)};
}

function read() {
  const of = site;
  const span = range(wanted);
  const interval = wanted.kind === 'month' ? 'day' : 'month';
  return shown.load(async () => {
    const series = await Promise.all(['previous', 'year'].map((compare) =>
      Promise.all(METRICS.map((metric) => readOf(of.id, 'series', {metric, interval, ...span, compare})))));
    const {pages} = await readOf(of.id, 'pages', {...span, sort: '-views', limit: PAGES});
    const hosts = await readOf(of.id, 'referrers', {...span, limit: HOSTS});
    const rating = await readOf(of.id, 'rating');
    return {before: series[0], year: series[1], pages, hosts, rating, interval, to: span.to};
  });
}

const name = () => word('report.' + wanted.kind, {part: wanted.part, year: wanted.year});

function show({before, year, pages, hosts, rating, interval, to}) {
  const [views] = before;
  const points = views.points.map(({from, value}, i) =>
    ({from, value, begins: views.previous[i]?.from, before: views.previous[i]?.value ?? null}));
  drawing = {points, interval, timeZone: site.timeZone, label: word('metric.views'), compare: word('compared.previous')};
  const {until, value} = views.comparison;
  const over = value === null || until.slice(0, 10) > to;
  return html`${choices()}
    <article><header><h1>${word('report')}</h1><p class="of">${site.name}</p><p>${name()}</p>
      <p class="soft">${word('report.made', {at: date(Date.now(), site.timeZone)})}${over ? nothing
        : ' · ' + word('report.until', {until: moment(until, 'hour', site.timeZone)})}</p></header>
    ${numbers(before, year)}
    <h2>${word('report.course')}</h2>
    <div class="plot"><canvas role="img" aria-label=${word('report.course')}></canvas><img class="printed" alt=""></div>
    ${course(views, before[1], interval)}
    <h2>${word('pages')}</h2>${pageTable(pages.filter(({downloads}) => !downloads))}
    <h2>${word('referrers')}</h2>${hostTable(hosts)}
    <h2>${word('ratings')}</h2><p>${rating.count
      ? word('report.rating', {average: average(rating.average), count: number(rating.count)}) : word('noVotes')}</p>
    <h2>${word('report.definitions')}</h2><dl class="definitions">${DEFINED.map((defined) => html`
      <dt>${word('def.name.' + defined)}</dt><dd>${meaning(defined, site)}</dd>`)}</dl></article>`;
}

function choices() {
  const now = Number(today(site.timeZone).slice(0, 4));
  const parts = Array.from({length: 12 / MONTHS[wanted.kind]}, (_, i) => i + 1);
  return html`<form class="range" @submit=${(event) => event.preventDefault()} @change=${choose}>
    <label>${word('report.kind')} <select name="kind">${Object.keys(MONTHS).map((kind) =>
      html`<option value=${kind} .selected=${kind === wanted.kind}>${word('report.kind.' + kind)}</option>`)}</select></label>
    ${parts.length > 1 ? html`<label>${word('report.kind.' + wanted.kind)} <select name="part">${parts.map((part) =>
      html`<option value=${part} .selected=${part === wanted.part}>${part}</option>`)}</select></label>` : nothing}
    <label>${word('report.kind.year')} <select name="year">${Array.from({length: 10}, (_, i) => now - i).map((year) =>
      html`<option value=${year} .selected=${year === wanted.year}>${year}</option>`)}</select></label>
    <span class="export"><button type="button" id="report-xlsx" @click=${xlsx}>Excel</button>
      <button type="button" @click=${() => print()}>${word('print')}</button></span>
    <p id="report-problem" class="problem" role="alert"></p></form>`;
}

function choose({currentTarget}) {
  const {kind, part, year} = currentTarget.elements;
  const parts = 12 / MONTHS[kind.value];
  wanted = {kind: kind.value, year: Number(year.value), part: Math.min(parts, Number(part?.value ?? 1))};
  read();
}

async function xlsx({currentTarget: button}) {
  const span = range(wanted);
  button.disabled = true;
  try {
    const answer = await call(`sites/${encodeURIComponent(site.id)}/report`, {...span, language: locale()});
    save(await answer.blob(), `luot-${site.id}-${span.from}-${span.to}.xlsx`);
  } catch (problem) {
    find('#report-problem').textContent = problem.text;
  } finally {
    button.disabled = false;
  }
}

const numbers = (before, year) => html`<div class="scroll" tabindex="0" role="group" aria-label=${word('metric')}><table>
  <thead><tr><th scope="col">${word('metric')}</th>${['report.now', 'compared.previous', 'col.change', 'compared.year', 'col.change']
    .map((column) => html`<th scope="col" class="count">${word(column)}</th>`)}</tr></thead>
  <tbody>${before.map((series, i) => html`<tr><th scope="row">${word('metric.' + series.metric)}</th>
    <td class="count">${number(series.sum)}</td>${compared(series.comparison)}${compared(year[i].comparison)}</tr>`)}</tbody></table></div>`;

const compared = ({value, other, countedSince}) => html`<td class="count">${number(other)}</td>
  <td class="count">${(countedSince ? null : change(value, other)) ?? '–'}</td>`;

const course = (views, visits, interval) => html`<div class="scroll" tabindex="0" role="group" aria-label=${word('report.course')}><table>
  <thead><tr><th scope="col">${word('interval.' + interval)}</th><th scope="col" class="count">${word('views')}</th>
    <th scope="col" class="count">${word('visits')}</th></tr></thead>
  <tbody>${views.points.map(({from, value}, i) => (value === null ? nothing : html`<tr>
    <th scope="row">${moment(from, interval, site.timeZone)}</th><td class="count">${number(value)}</td>
    <td class="count">${number(visits.points[i].value)}</td></tr>`))}</tbody>
  <tfoot><tr><th scope="row">${word('report.sum')}</th><td class="count">${number(views.sum)}</td>
    <td class="count">${number(visits.sum)}</td></tr></tfoot></table></div>`;

const pageTable = (pages) => (pages.length ? html`<div class="scroll" tabindex="0" role="group" aria-label=${word('pages')}>
  <table class="pages"><thead><tr>
    <th scope="col">${word('page')}</th><th scope="col" class="count">${word('views')}</th><th scope="col" class="count">${word('visits')}</th>
  </tr></thead><tbody>${pages.map(({path, title, views, visits}) => html`<tr>
    <th scope="row">${path === '~other' ? word('otherPages') : title || path}${title ? html`<small class="soft">${path}</small>` : nothing}</th>
    <td class="count">${number(views)}</td><td class="count">${number(visits)}</td></tr>`)}</tbody></table></div>` : html`<p>${word('noPages')}</p>`);

const hostTable = ({referrers, views, direct}) => (views + direct ? html`<div class="scroll" tabindex="0" role="group" aria-label=${word('referrers')}>
  <table><thead><tr><th scope="col">${word('report.host')}</th><th scope="col" class="count">${word('arrivals')}</th>
    <th scope="col" class="count">${word('share')}</th></tr></thead>
  <tbody>${[...referrers.map(({host, views: count}) => [hostName(host), count]), [word('direct'), direct]].map(([name, count]) => html`<tr>
    <th scope="row">${name}</th><td class="count">${number(count)}</td><td class="count">${share(count, views + direct)}</td></tr>`)}</tbody></table></div>
  <p class="soft">${word('directSaid')}</p>` : html`<p>${word('noReferrers')}</p>`);

function draw(body) {
  const canvas = body.querySelector('canvas');
  chart?.destroy();
  chart = canvas && drawing ? plot(canvas, drawing) : null;
}

printable('#report', () => drawing);
