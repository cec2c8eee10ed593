/* All sites of the key beside each other: sorted, filtered, summed up by label. */
import {call, change as send, here, MOST_AT_ONCE, read, readSites} from './calls.js';
import {headCell} from './cards/page-rows.js';
import {card} from './cards/card.js';
import {save} from './export.js';
import {change, moment, number} from './format.js';
import * as chart from './sites-chart.js';
import {submits, told} from './forms.js';
import {find, html, nothing, say} from './ui.js';
import {locale, word} from './words.js';

const EVERY = 15_000;

/** From how many days without a view on a site is in trouble. */
const SILENT = 2;

const shown = card(find('#sites'), show);
let timer = null;
let sort = '-today';
let wanted = {text: '', label: '', trouble: false};
let listed = [];
let me = null;

/** Ids of labels that are public; null for who may not change that. */
let published = null;

export function clear() {
  clearTimeout(timer);
  [timer, me] = [null, null];
  wanted = {text: '', label: '', trouble: false};
  shown.clear();
  chart.clear();
}

export function load(site, who) {
  clear();
  me = who;
  chart.load({sites: who.sites});
  return look();
}

async function look() {
  const mine = me;
  await shown.load(() => all(mine));
  if (mine !== me) {
    return; // Whoever it was for has left.
  }
  timer = setTimeout(() => (document.hidden ? (timer = setTimeout(look, EVERY)) : look()), EVERY);
}

/** The list, which a viewer may have been given a moment ago, and what is refused, which is advice. */
async function all(who) {
  const sites = Date.now() - who.numbersAt < EVERY ? who.sites : await readSites('overview');
  const {refusals} = who.may('reader')
    ? await read('refusals', {limit: MOST_AT_ONCE}).catch(() => ({refusals: []})) : {refusals: []};
  published = who.everySite && who.may('operator') ? idsOf(await read('public-labels').catch(() => ({labels: []}))) : null;
  const refused = new Set(refusals.map(({site}) => site));
  return sites.map((site) => row(site, refused));
}

const idsOf = ({labels}) => new Map(labels.filter(({withdrawnAt}) => !withdrawnAt).map(({label, id}) => [label, id]));

function row({id, name, labels, origin, timeZone, numbers, lastViewAt, silentDays}, refused) {
  const {todayUntilHour: now, yesterdayUntilHour: before} = numbers;
  const troubles = [
    silentDays === null ? 'trouble.never' : silentDays >= SILENT ? 'trouble.silent' : '',
    refused.has(id) ? 'trouble.refused' : '',
  ].filter(Boolean);
  return {id, name, labels, origin, timeZone, ...numbers, change: before ? now / before - 1 : null, now, before,
    last: lastViewAt ?? '', silentDays, troubles, trouble: troubles.length};
}

const COLUMNS = ['name', 'online', 'today', 'yesterdayUntilHour', 'change', 'month', 'total', 'last', 'trouble'];
const isText = (name) => ['name', 'last', 'trouble'].includes(name);

/** As people type who leave out marks. */
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

function show(sites) {
  const labels = byLabel(sites);
  const text = folded(wanted.text);
  listed = sites
    .filter(({name, id, origin, labels: own, trouble}) =>
      [name, id, origin, ...own].some((part) => folded(part).includes(text))
      && (!wanted.label || own.includes(wanted.label)) && (!wanted.trouble || trouble))
    .sort(order);
  return html`<form class="range" @submit=${(event) => event.preventDefault()}>
      <label><span class="hidden">${word('findSite')}</span><input type="search" id="find-site" maxlength="100"
        placeholder=${word('findSite')} @input=${({target}) => want({text: target.value})}></label>
      ${labels.length ? html`<label>${word('label')} <select id="label" @change=${({target}) => pickLabel(target.value)}>
        <option value="" .selected=${!wanted.label}>${word('labelAny')}</option>${labels.map(({label, sites: {length: count}}) =>
          html`<option value=${label}>${label} (${number(count)})</option>`)}</select></label>` : nothing}
      <label class="check"><input type="checkbox" id="only-trouble" @change=${({target}) => want({trouble: target.checked})}>
        ${word('onlyTrouble')}</label>
      <span class="export"><button type="button" id="sites-csv" @click=${csv}>CSV</button>
        <button type="button" id="sites-xlsx" title=${word('sitesXlsx')} @click=${xlsx}>Excel</button></span>
        <p id="sites-problem" class="problem" role="alert"></p></form>
    ${listed.length ? table() : html`<p class="soft empty">${word('noSiteFound')}</p>`}
    ${labels.length ? html`<h2 class="minor">${word('byLabel')}</h2><div class="scroll" tabindex="0" role="group"
      aria-label=${word('byLabel')}><table id="labels"><thead><tr><th scope="col">${word('label')}</th>
      ${['sites', 'online', 'today', 'change', 'month', 'total'].map((name) => html`<th scope="col" class="count">${word('col.' + name)}</th>`)}
      ${published ? html`<th scope="col">${word('publicPage')}</th>` : nothing}</tr></thead><tbody>${labels.map(group)}</tbody></table></div>
      ${published ? html`<p class="soft">${word('publicHint')}</p>` : nothing}` : nothing}`;
}

function order(one, other) {
  const key = sort.replace('-', '');
  const [a, b] = sort.startsWith('-') ? [other[key], one[key]] : [one[key], other[key]];
  return typeof a === 'string' && typeof b === 'string'
    ? a.localeCompare(b, locale()) : (a ?? -Infinity) - (b ?? -Infinity) || one.name.localeCompare(other.name, locale());
}

function want(changes) {
  wanted = {...wanted, ...changes};
  shown.draw();
}

function pickLabel(label) {
  want({label});
  chart.load({label});
}

function pick(by) {
  sort = by;
  shown.draw();
}

const table = () => html`<div class="scroll" tabindex="0" role="group" aria-label=${word('allSites')}><table class="sites">
  <thead><tr>${COLUMNS.map((name) => headCell('col.' + name, name, sort, pick, !isText(name)))}</tr></thead>
  <tbody>${listed.map(line)}</tbody>
  <tfoot><tr><th scope="row">${word('sumOf', {count: number(listed.length)})}</th>
    ${cells({online: sum('online'), today: sum('today'), yesterdayUntilHour: sum('yesterdayUntilHour'), now: sum('now'),
      before: sum('before'), month: sum('month'), total: sum('total')})}<td></td><td></td></tr></tfoot></table></div>`;

/** Null where one part is not known. */
const sum = (name, of = listed) => of.reduce((all, site) => (site[name] === null || all === null ? null : all + site[name]), 0);

export const allLabels = (sites, others = []) =>
  [...new Set([...sites.flatMap(({labels}) => labels), ...others])].sort((a, b) => a.localeCompare(b, locale()));

/** A site with two labels is in both. A public one that no site has any more can still be switched off. */
const byLabel = (sites) => allLabels(sites, published?.keys())
  .map((label) => ({label, sites: sites.filter(({labels}) => labels.includes(label))}));

const cells = ({online, today, yesterdayUntilHour, now, before, month, total}) => html`
  <td class="count">${number(online)}</td><td class="count">${number(today)}</td>
  <td class="count">${number(yesterdayUntilHour)}</td>
  <td class="count"><span class=${now < before ? 'down' : 'up'}>${change(now, before) ?? '–'}</span></td>
  <td class="count">${number(month)}</td><td class="count">${number(total)}</td>`;

const line = (site) => html`<tr><th scope="row"><a href=${'#' + new URLSearchParams({site: site.id})}>${site.name}</a>
    <small class="soft">${[site.origin.replace(/^https?:\/\//, ''), ...site.labels].join(' · ')}</small></th>
  ${cells(site)}<td>${site.last ? moment(site.last, 'hour', site.timeZone) : word('never')}</td>
  <td>${site.troubles.map((name) => html`<span class="down">${word(name, {days: number(site.silentDays)})}</span> `)}</td></tr>`;

const group = ({label, sites}) => html`<tr><th scope="row">${label}</th><td class="count">${number(sites.length)}</td>
  <td class="count">${number(sum('online', sites))}</td><td class="count">${number(sum('today', sites))}</td>
  <td class="count">${change(sum('now', sites), sum('before', sites)) ?? '–'}</td>
  <td class="count">${number(sum('month', sites))}</td><td class="count">${number(sum('total', sites))}</td>
  ${published ? html`<td>${toPublish(label)}</td>` : nothing}</tr>`;

/** A way to its public page and to take that back, or to make one. */
const toPublish = (label) => html`<form @submit=${submits(() => publish(label))}>
  ${published.has(label) ? html`<a href=${pageOf(label)} target="_blank">${word('publicOpen')}</a>` : nothing}
  <button type="submit" data-public=${label} aria-label=${word(published.has(label) ? 'unpublishLabel' : 'publishLabel', {label})}
    >${word(published.has(label) ? 'unpublish' : 'publish')}</button>${told}</form>`;

const pageOf = (label) => new URL('../v1/group.html?' + new URLSearchParams({label, ...(locale() === 'en' ? {language: 'en'} : {})}), here).href;

async function publish(label) {
  const id = published.get(label);
  published = id ? published : idsOf(await send('POST', 'public-labels', {label}));
  if (id) {
    await send('DELETE', 'public-labels/' + id);
    published.delete(label);
  }
  say(word(id ? 'unpublished' : 'wasPublished', {label}));
  shown.draw();
}

/** What is listed, as the reader's Excel takes it: where a comma is decimal, semicolons part cells. */
function csv() {
  const part = locale() === 'vi' ? ';' : ',';
  // What a spreadsheet would take for a formula stays text.
  const cell = (value) => '"' + String(value ?? '').replace(/[,;\t\r\n]"?(?=[=+\-@\t\r])/g, "$&'")
    .replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""') + '"';
  const head = ['id', 'name', 'labels', 'origin', 'online', 'today', 'yesterdayUntilHour', 'yesterday', 'month', 'total', 'last'];
  const lines = [head.map((name) => cell(word('col.' + name))), ...listed.map((site) => head.map((name) =>
    (typeof site[name] === 'number' ? site[name] : cell(Array.isArray(site[name]) ? site[name].join(', ') : site[name]))))];
  save(new Blob(['\uFEFF' + lines.map((each) => each.join(part)).join('\r\n') + '\r\n'], {type: 'text/csv'}), 'luot.csv');
}

/** Written by the service: all sites, or those of the label. */
async function xlsx({currentTarget: button}) {
  button.disabled = true;
  find('#sites-problem').textContent = '';
  try {
    const answer = await call('overview/report', {label: wanted.label, language: locale()});
    save(await answer.blob(), 'luot.xlsx');
  } catch (problem) {
    find('#sites-problem').textContent = problem.text;
  } finally {
    button.disabled = false;
  }
}
