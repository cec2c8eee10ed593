/* Days whose bursts of views were kept apart: admitted or dropped, for good. */
import {changeOf, readOf} from '../calls.js';
import {card} from '../cards/card.js';
import {reason, submits, told} from '../forms.js';
import {date, moment, number} from '../format.js';
import {find, html, nothing, say} from '../ui.js';
import {word} from '../words.js';

const shown = card(find('#quarantine'), (answer) => show(answer));
let site = null;

export const clear = shown.clear;

export function load(which) {
  site = which;
  return again();
}

const again = () => shown.load(() => readOf(site.id, 'quarantine'));

const show = ({usual, days}) => html`<p class="soft">${usual.burstAbovePerMinute === null
    ? word('quarantineOff') : word('quarantineAbove', {count: number(usual.burstAbovePerMinute)})}</p>
  ${days.length ? html`<ul class="days-apart">${days.map(one)}</ul>` : html`<p class="soft empty">${word('quarantineNone')}</p>`}`;

const one = ({day, views, visits, pageCount, pages, judgeableFrom, verdict}) => html`<li data-day=${day}>
  <h3>${date(day, 'UTC')}</h3><p>${word('quarantineDay', {views: number(views), visits: number(visits), pages: number(pageCount)})}</p>
  ${pages.length ? html`<details><summary>${word('pages')}</summary><ul>${pages.map((page) =>
    html`<li>${page.path} · ${number(page.views)}</li>`)}</ul></details>` : nothing}
  ${verdict ? html`<p>${word('judged.' + verdict.verdict)}: ${verdict.reason} (${verdict.by}, ${moment(verdict.at, 'hour', site.timeZone)})</p>`
    : Date.parse(judgeableFrom) > Date.now() ? html`<p class="soft">${word('quarantineLater', {at: moment(judgeableFrom, 'hour', site.timeZone)})}</p>`
    : html`<form class="fields inline" @submit=${submits((form, button) => judge(day, form, button))}>${reason()}${told}
      <p><button type="submit" name="admit">${word('admit')}</button>
        <button type="submit" name="drop" class="danger">${word('drop')}</button></p></form>`}</li>`;

async function judge(day, form, button) {
  const verdict = button?.name === 'admit' ? 'admit' : 'drop';
  await changeOf('POST', site.id, 'quarantine/' + day, {verdict, reason: form.elements.reason.value.trim()});
  say(word('saved'));
  await again();
}
