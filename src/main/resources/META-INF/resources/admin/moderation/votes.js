/* Votes that are held, or were removed: admitted or removed, with a reason. */
import {changeOf, readOf} from '../calls.js';
import {card} from '../cards/card.js';
import {reason, submits, told} from '../forms.js';
import {moment, number} from '../format.js';
import {find, html, nothing, say} from '../ui.js';
import {word} from '../words.js';

const shown = card(find('#votes'), (answer) => show(answer));
let site = null;
let held = 'true';

export function clear() {
  site = null;
  shown.clear();
}

export function load(which) {
  site = which;
  return from(['']);
}

/** The sheet of the last of these cursors. */
function from(cursors) {
  return shown.load(async () => {
    const answer = await readOf(site.id, 'votes', {held, limit: 50, cursor: cursors.at(-1)});
    // Rows are used again for other votes, and would keep their ticks.
    find('#votes form')?.reset();
    return {...answer, cursors};
  });
}

const show = ({votes, summed, next, cursors}) => html`
  <p class="segments" role="group" aria-label=${word('votesShown')}>${['true', 'any', 'removed'].map((which) => html`<button
    type="button" data-held=${which} aria-pressed=${held === which} @click=${() => { held = which; from(['']); }}
    >${word('held.' + which)}</button>`)}</p>
  ${summed ? html`<p class="soft">${word('votesSummed', {count: number(summed)})}</p>` : nothing}
  ${votes.length ? html`<form @submit=${submits((form, button) => judge(form, button, cursors))}><div class="scroll" tabindex="0" role="group" aria-label=${word('votesCard')}>
    <table><thead><tr><th scope="col"><input type="checkbox" aria-label=${word('pickAll')} @change=${pickAll}></th>
      ${['page', 'stars', 'time', 'heldWhy', 'judged'].map((name) => html`<th scope="col">${word(name)}</th>`)}</tr></thead>
    <tbody>${votes.map(row)}</tbody></table></div>
    <div class="fields inline">${reason()}${told}<p><button type="submit" name="admit">${word('admit')}</button>
      <button type="submit" name="remove" class="danger">${word('remove')}</button></p></div></form>`
    : html`<p class="soft empty">${word(held === 'true' ? 'noHeld' : 'noVotes')}</p>`}
  <div class="sheets"><button type="button" ?disabled=${cursors.length < 2} @click=${() => from(cursors.slice(0, -1))}>${word('earlier')}</button>
    <button type="button" ?disabled=${!next} @click=${() => from([...cursors, next])}>${word('later')}</button></div>`;

const row = ({id, page, stars, held: why, changedAt, judgement}) => html`<tr>
  <td><input type="checkbox" name="vote" value=${id} aria-label=${word('pickVote', {id})}></td>
  <th scope="row">${page ?? word('portal')}</th><td>${stars} ★</td><td>${moment(changedAt, 'hour', site.timeZone)}</td>
  <td>${why ? word('held.why.' + why) : word('counted')}</td>
  <td>${judgement ? `${word('judged.' + judgement.action)}: ${judgement.reason} (${judgement.by}, ${moment(judgement.at, 'hour', site.timeZone)})` : ''}</td></tr>`;

function pickAll({target}) {
  for (const box of target.form.querySelectorAll('[name=vote]')) {
    box.checked = target.checked;
  }
}

async function judge(form, button, cursors) {
  const ids = [...form.querySelectorAll('[name=vote]:checked')].map(({value}) => Number(value));
  const action = button?.name === 'admit' ? 'admit' : 'remove';
  if (!ids.length) {
    form.querySelector('.problem').textContent = word('pickSome');
    return;
  }
  const {changed} = await changeOf('POST', site.id, 'votes/judgements', {action, ids, reason: form.elements.reason.value.trim()});
  say(word('votesChanged', {count: number(changed)}));
  await from(cursors);
}
