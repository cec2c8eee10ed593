/* A site's settings, each with a sentence. The API says what they may be. */
import {changeOf, readOf} from '../calls.js';
import {card} from '../cards/card.js';
import {field, submits, told} from '../forms.js';
import {moment} from '../format.js';
import {find, html, nothing, say} from '../ui.js';
import {isWord, word} from '../words.js';
import {zone} from './new-site.js';

/** In the order they are shown: kind by name. */
const FIELDS = {
  name: 'text', origins: 'lines', timeZone: 'zone', labels: 'lines', publicReading: 'switch', rating: 'switch',
  requireOrigin: 'switch', pageParameters: 'lines', ignoreIndexInPaths: 'switch',
  onlineWindowSeconds: 'number', visitGapSeconds: 'number',
  repeatViewSeconds: 'number', clientHitsPerMinute: 'number', networkVisitorsPerHour: 'number',
  listedAfterNetworks: 'number', knownPagesOnly: 'switch', ratingClosedPages: 'lines', respectOptOut: 'switch',
  ignoredNetworks: 'lines', quarantineFactor: 'number', quarantineAbovePerMinute: 'number', detailDays: 'number',
};

const CONTROLS = {
  text: (name, value) => html`<input id=${'f-' + name} name=${name} maxlength="200" required .value=${value}>`,
  number: (name, value) => html`<input id=${'f-' + name} name=${name} type="number" min="0" step="1" .value=${value ?? ''}>`,
  lines: (name, value) => html`<textarea id=${'f-' + name} name=${name} rows=${Math.min(6, value.length + 1)}
    spellcheck="false" .value=${value.join('\n')}></textarea>`,
  switch: (name, value) => html`<input id=${'f-' + name} name=${name} type="checkbox" .checked=${value}>`,
  zone: (name, value) => zone(value),
};

const shown = card(find('#rules'), (answer) => show(answer));
let site = null;

export const clear = shown.clear;

export function load(which) {
  site = which;
  return again();
}

/** As they are now: another owner may have changed them since the sites were listed. */
const again = () => shown.load(async () => {
  const mine = site;
  const [rules, changes] = await Promise.all([readOf(mine.id, ''), readOf(mine.id, 'changes', {limit: 50})]);
  return {...Object.assign(mine, rules), ...changes};
});

const show = ({changes, ...rules}) => html`<form class="fields" @submit=${submits(send)}>
  ${Object.entries(FIELDS).map(([name, kind]) => field(name, CONTROLS[kind](name, rules[name])))}
  ${told}<p><button type="submit" class="primary">${word('save')}</button> <span class="up done"></span></p></form>
  ${changes.length ? html`<details><summary>${word('rulesChanged')}</summary><ul class="past">${changes.map(change)}</ul></details>` : nothing}`;

/** Who changed what, from what to what. */
const change = ({changedAt, changedBy, was, became}) => html`<li>${moment(changedAt, 'hour', site.timeZone)} · ${changedBy}${
  Object.keys(was).length === 0 ? html`<br>${word('siteMade')}` : Object.keys(became).map((name) => html`<br>${isWord('set.' + name) ? word('set.' + name) : name}: ${written(was[name])} → ${written(became[name])}`)}</li>`;

const written = (value) => (value === true ? word('yes') : value === false ? word('no')
  : [value ?? []].flat().join(', ') || '–');

const READ = {
  number: ({value}) => (value === '' ? null : Number(value)),
  lines: ({value}) => value.split('\n').map((line) => line.trim()).filter(Boolean),
  switch: ({checked}) => checked,
};

/** Only what was changed: another owner may change something else meanwhile. */
async function send(form) {
  const changes = {};
  for (const [name, kind] of Object.entries(FIELDS)) {
    const value = (READ[kind] ?? (({value: text}) => text.trim()))(form.elements[name]);
    if (JSON.stringify(value) !== JSON.stringify(site[name])) {
      changes[name] = value;
    }
  }
  Object.assign(site, await changeOf('PATCH', site.id, '', changes));
  say(word('saved'));
  document.dispatchEvent(new Event('luot:renamed'));
  await again();
  form.querySelector('.done').textContent = word('saved');
}
