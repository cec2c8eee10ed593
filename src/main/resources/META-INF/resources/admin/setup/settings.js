/* A site's settings, each with a sentence. The API says what they may be. */
import {changeOf} from '../calls.js';
import {card} from '../cards/card.js';
import {field, submits, told} from '../forms.js';
import {find, html, say} from '../ui.js';
import {word} from '../words.js';
import {zone} from './new-site.js';

/** In the order they are shown: kind by name. */
const FIELDS = {
  name: 'text', origins: 'lines', timeZone: 'zone', labels: 'lines', publicReading: 'switch', rating: 'switch',
  requireOrigin: 'switch', pageParameters: 'lines', ignoreIndexInPaths: 'switch',
  onlineWindowSeconds: 'number', visitGapSeconds: 'number',
  repeatViewSeconds: 'number', clientHitsPerMinute: 'number', networkVisitorsPerHour: 'number',
  listedAfterNetworks: 'number', knownPagesOnly: 'switch', ratingClosedPages: 'lines', respectOptOut: 'switch',
  quarantineFactor: 'number', quarantineAbovePerMinute: 'number', detailDays: 'number',
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
  return shown.load(async () => ({...site}));
}

const show = (rules) => html`<form class="fields" @submit=${submits(send)}>
  ${Object.entries(FIELDS).map(([name, kind]) => field(name, CONTROLS[kind](name, rules[name])))}
  ${told}<p><button type="submit" class="primary">${word('save')}</button> <span class="up done"></span></p></form>`;

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
  form.querySelector('.done').textContent = word('saved');
  document.dispatchEvent(new Event('luot:renamed'));
}
