/* Who is sent the report of each month by mail: added, tried, removed. */
import {change, read} from '../calls.js';
import {card} from '../cards/card.js';
import {field, submits, told} from '../forms.js';
import {date, moment} from '../format.js';
import {find, html, say} from '../ui.js';
import {isWord, word} from '../words.js';

const shown = card(find('#mails'), show);
let path = '';
let timeZone = 'UTC';

export const clear = shown.clear;

export function load(site) {
  path = `sites/${encodeURIComponent(site.id)}/mails`;
  timeZone = site.timeZone;
  return again();
}

const again = () => shown.load(() => read(path));

function show({on, mails}) {
  if (!on) {
    return html`<p class="soft empty">${word('mailsOff')}</p>`;
  }
  return html`<p class="soft">${word('mailsHint')}</p>
    ${mails.length ? html`<div class="scroll" tabindex="0" role="group" aria-label=${word('mails')}><table>
      <thead><tr>${['mailTo', 'mailMonth', 'mailState'].map((name) => html`<th scope="col">${word(name)}</th>`)}
        <th scope="col"><span class="hidden">${word('mailSend')}</span></th></tr></thead>
      <tbody>${mails.map(row)}</tbody></table></div>` : html`<p class="soft empty">${word('noMails')}</p>`}
    <form class="fields inline" @submit=${submits(add)}>
      ${field('recipient', html`<input id="f-recipient" name="recipient" type="email" maxlength="254" required>`)}
      ${field('language', html`<select id="f-language" name="language"><option value="vi">Tiếng Việt</option>
        <option value="en">English</option></select>`)}
      ${told}<p><button type="submit" class="primary">${word('mailAdd')}</button></p></form>`;
}

const row = (mail) => html`<tr><th scope="row">${mail.recipient}<small class="soft">
  ${mail.addedBy} · ${date(mail.addedAt, timeZone)}</small></th><td>${mail.month}</td><td>${state(mail)}</td>
  <td>${mail.removedAt ? html`<span class="down">${word('mailRemoved')}</span><small class="soft"> ${mail.removedBy}</small>`
    : html`<form @submit=${submits((_, button) => act(mail, button.name))}>
      <button type="submit" name="send">${word('mailSend')}</button>
      <button type="submit" name="end">${word('mailRemove')}</button>${told}</form>`}</td></tr>`;

const state = ({sentAt, failure, tries, nextTry, removedAt}) =>
  failure ? html`<span class="down">${word('mailFailed', {why: isWord('mail.' + failure) ? word('mail.' + failure) : failure})}</span>
    ${sentAt || removedAt || tries >= 5 ? '' : html`<small class="soft">${word('mailAgain', {at: moment(nextTry, 'hour', timeZone)})}</small>`}`
    : sentAt ? html`<span class="up">${word('mailSent', {at: moment(sentAt, 'hour', timeZone)})}</span>` : '–';

async function add(form) {
  const {recipient, language} = form.elements;
  await change('POST', path, {recipient: recipient.value.trim(), language: language.value});
  form.reset();
  say(word('saved'));
  await again();
}

async function act({id, recipient}, what) {
  if (what === 'end') {
    await change('DELETE', `${path}/${id}`);
    say(word('mailRemoved'));
  } else {
    const {failure} = await change('POST', `${path}/${id}/sending`);
    say(word(failure ? 'mailNotTo' : 'mailWentTo', {recipient}));
  }
  await again();
}
