/* Opening balances: what was counted before Luot, who entered it, when and why. */
import {changeOf, readOf} from '../calls.js';
import {card} from '../cards/card.js';
import {field, reason, submits, told} from '../forms.js';
import {moment, number} from '../format.js';
import {find, html, say} from '../ui.js';
import {word} from '../words.js';

const shown = card(find('#balances'), (answer) => show(answer));
let site = null;

export const clear = shown.clear;

export function load(which) {
  site = which;
  return again();
}

const again = () => shown.load(() => readOf(site.id, 'baselines', {limit: 50}));

const show = ({site: total, entries}) => html`
  <dl><dt>${word('views')}</dt><dd data-balance="views">${number(total.views)}</dd>
    <dt>${word('visits')}</dt><dd>${number(total.visits)}</dd>
    <dt>${word('rating')}</dt><dd>${number(total.rating?.count)} · ${number(total.rating?.sum)} ★</dd></dl>
  ${entries.length ? html`<details><summary>${word('balanceEntries')}</summary><div class="scroll" tabindex="0"
    role="group" aria-label=${word('balanceEntries')}><table><thead><tr>
    ${['time', 'page', 'views', 'visits', 'rating', 'by', 'set.reason'].map((name) => html`<th scope="col">${word(name)}</th>`)}
    </tr></thead><tbody>${entries.map(row)}</tbody></table></div></details>` : ''}
  <form class="fields inline" @submit=${submits(enter)}>
    ${field('page', html`<input id="f-page" name="page" placeholder="/" spellcheck="false">`)}
    ${['views', 'visits', 'ratingCount', 'ratingSum'].map((name) => field(name,
      html`<input id=${'f-' + name} name=${name} type="number" min="0" step="1">`))}
    ${reason()}${told}<p><button type="submit" class="primary">${word('enterBalance')}</button></p></form>`;

const row = ({page, views, visits, rating, reason: why, by, at}) => html`<tr><td>${moment(at, 'hour', site.timeZone)}</td>
  <th scope="row">${page ?? word('portal')}</th><td class="count">${number(views)}</td><td class="count">${number(visits)}</td>
  <td class="count">${rating ? `${number(rating.count)} · ${number(rating.sum)} ★` : '–'}</td><td>${by}</td><td>${why}</td></tr>`;

async function enter(form) {
  const value = (name) => (form.elements[name].value === '' ? null : Number(form.elements[name].value));
  const [count, sum] = [value('ratingCount'), value('ratingSum')];
  await changeOf('PUT', site.id, 'baselines', {
    page: form.elements.page.value.trim() || null, views: value('views'), visits: value('visits'),
    rating: count === null && sum === null ? null : {count, sum}, reason: form.elements.reason.value.trim(),
  });
  form.reset();
  say(word('saved'));
  await again();
}
