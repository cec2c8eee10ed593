/* Shared links: made and shown once, copied, revoked. A link is the key of a viewer, behind the # of an address. */
import {change, here, read} from '../calls.js';
import {card} from '../cards/card.js';
import {endOf, today} from '../days.js';
import {copied, field, submits, told} from '../forms.js';
import {date, moment} from '../format.js';
import {allLabels} from '../sites.js';
import {find, html, nothing, say} from '../ui.js';
import {word} from '../words.js';

/** {@code place} has an id of its own, which its fields' names have as well. */
function links(place, pathOf, labelsOf) {
  const shown = card(find('#' + place), show);
  let path = '';
  let timeZone = 'UTC';
  let labels = [];
  let made = null;

  function clear() {
    made = null;
    shown.clear();
  }

  function load(site, {sites}) {
    clear();
    labels = labelsOf(sites);
    path = pathOf(site);
    timeZone = site?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    return again();
  }

  const again = () => shown.load(() => read(path));

  function show({keys}) {
    const list = keys.filter(({role}) => role === 'viewer').reverse();
    return html`<p class="soft">${word('linksHint')}</p>
      ${made ? html`<div class="made" role="status"><p><strong>${word('linkMade', {name: made.name})}</strong></p>
        ${copied(address(made.key), word('link'))}</div>` : nothing}
      ${list.length ? html`<div class="scroll" tabindex="0" role="group" aria-label=${word('links')}><table>
        <thead><tr>${['linkFor', 'keyEnds', 'keyUsed'].map((name) => html`<th scope="col">${word(name)}</th>`)}
          <th scope="col"><span class="hidden">${word('revoke')}</span></th></tr></thead>
        <tbody>${list.map(row)}</tbody></table></div>` : html`<p class="soft empty">${word('noLinks')}</p>`}
      <form class="fields inline" @submit=${submits(make)}>
        ${field('linkFor', html`<input id="f-linkFor" name="name" maxlength="200" required>`)}
        ${labels.length ? field('linkLabel', html`<select id="f-linkLabel" name="label"><option value="">${word('allSites')}</option>
          ${labels.map((label) => html`<option value=${label}>${label}</option>`)}</select>`) : nothing}
        ${field('linkEnds', html`<input id="f-linkEnds" name="expiresAt" type="date" min=${today(timeZone)}>`)}
        ${told}<p><button type="submit" class="primary">${word('makeLink')}</button></p></form>`;
  }

  const row = ({id, name, label, createdAt, createdBy, expiresAt, revokedAt, revokedBy, lastUsedAt}) => html`<tr>
    <th scope="row">${name}<small class="soft"> ${[label, createdBy, date(createdAt, timeZone)].filter(Boolean).join(' · ')}</small></th>
    <td>${date(expiresAt, timeZone)}</td>
    <td>${lastUsedAt ? moment(lastUsedAt, 'hour', timeZone) : word('never')}</td>
    <td>${revokedAt ? html`<span class="down">${word('revoked')}</span><small class="soft"> ${revokedBy}</small>`
      : Date.parse(expiresAt) < Date.now() ? html`<span class="down">${word('linkOver')}</span>`
        : html`<form @submit=${submits(() => revoke(id))}>
          <button type="submit" data-revoke=${id}>${word('revoke')}</button>${told}</form>`}</td></tr>`;

  async function make(form) {
    const {name, label, expiresAt} = form.elements;
    const end = expiresAt.value ? endOf(expiresAt.value, timeZone) : null;
    const mine = path;
    const link = await change('POST', mine,
      {name: name.value.trim(), role: 'viewer', label: label?.value || null, expiresAt: end});
    if (mine !== path) {
      return; // At the next site it would be taken for one of that.
    }
    made = link;
    form.reset();
    say(word('linkMade', {name: made.name}));
    await again();
  }

  async function revoke(id) {
    await change('DELETE', `${path}/${id}`);
    made = made?.id === id ? null : made;
    say(word('revoked'));
    await again();
  }

  return {clear, load};
}

const address = (key) => new URL('?shared#key=' + key, here).href;

export const linksOfSite = links('links', (site) => `sites/${encodeURIComponent(site.id)}/keys`, () => []);

export const linksOfAll = links('links-of-all', () => 'keys', allLabels);
