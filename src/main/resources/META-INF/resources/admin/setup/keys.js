/* Keys: made and shown once, copied, revoked. */
import {change, read} from '../calls.js';
import {card} from '../cards/card.js';
import {endOf, today} from '../days.js';
import {copied, field, submits, told} from '../forms.js';
import {date, moment} from '../format.js';
import {find, html, nothing, say} from '../ui.js';
import {word} from '../words.js';

const shown = card(find('#keys'), show);
let path = '';
let timeZone = 'UTC';
let made = null;

export function clear() {
  made = null;
  shown.clear();
}

export function load(site) {
  made = null;
  path = `sites/${encodeURIComponent(site.id)}/keys`;
  timeZone = site.timeZone;
  return again();
}

const again = () => shown.load(() => read(path));

/** Those of viewers are links, and shown as such. */
function show({keys: all}) {
  const keys = all.filter(({role}) => role !== 'viewer');
  return html`${made ? html`<div class="made" role="status"><p><strong>${word('keyMade', {name: made.name})}</strong></p>
      ${copied(made.key, word('key'))}</div>` : nothing}
    ${keys.length ? html`<div class="scroll" tabindex="0" role="group" aria-label=${word('keys')}><table>
      <thead><tr>${['keyName', 'role', 'keyEnds', 'keyUsed'].map((name) => html`<th scope="col">${word(name)}</th>`)}
        <th scope="col"><span class="hidden">${word('revoke')}</span></th></tr></thead>
      <tbody>${keys.map(row)}</tbody></table></div>` : html`<p class="soft empty">${word('noKeys')}</p>`}
    <form class="fields inline" @submit=${submits(make)}>
      ${field('keyName', html`<input id="f-keyName" name="name" maxlength="200" required>`)}
      ${field('role', html`<select id="f-role" name="role">${['reader', 'editor', 'operator'].map((role) =>
        html`<option value=${role}>${word('role.' + role)}</option>`)}</select>`)}
      ${field('expiresAt', html`<input id="f-expiresAt" name="expiresAt" type="date" min=${today(timeZone)}>`)}
      ${told}<p><button type="submit" class="primary">${word('makeKey')}</button></p></form>`;
}

const row = ({id, name, role, createdBy, expiresAt, revokedAt, lastUsedAt}) => html`<tr>
  <th scope="row">${name}<small class="soft"> ${createdBy}</small></th><td>${word('role.' + role)}</td>
  <td>${expiresAt ? date(expiresAt, timeZone) : '–'}</td>
  <td>${lastUsedAt ? moment(lastUsedAt, 'hour', timeZone) : word('never')}</td>
  <td>${revokedAt ? html`<span class="down">${word('revoked')}</span>` : html`<form @submit=${submits(() => revoke(id))}>
    <button type="submit" data-revoke=${id}>${word('revoke')}</button>${told}</form>`}</td></tr>`;

async function make(form) {
  const {name, role, expiresAt} = form.elements;
  const end = expiresAt.value ? endOf(expiresAt.value, timeZone) : null;
  const mine = path;
  const key = await change('POST', mine, {name: name.value.trim(), role: role.value, expiresAt: end});
  if (mine !== path) {
    return; // At the next site it would be taken for one of that.
  }
  made = key;
  form.reset();
  say(word('keyMade', {name: made.name}));
  await again();
}

async function revoke(id) {
  await change('DELETE', `${path}/${id}`);
  say(word('revoked'));
  await again();
}
