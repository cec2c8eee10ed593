/* How a page is shown in lists: its title, and whether it is in them at all. */
import {changeOf, readOf} from '../calls.js';
import {field, reason, submits, told} from '../forms.js';
import {moment} from '../format.js';
import {find, html, nothing, render, say} from '../ui.js';
import {word} from '../words.js';

const place = find('#page-shown .body');
let site = null;
let page = null;
let turn = 0;

export function clear() {
  [site, page] = [null, null];
  turn++;
  draw();
}

export function load(which) {
  clear();
  site = which;
  draw();
}

function draw() {
  render(site ? html`<form class="fields inline" @submit=${submits(look)}>
      ${field('path', html`<input id="f-path" name="path" required spellcheck="false" placeholder="/tin-tuc/a">`)}
      ${told}<p><button type="submit">${word('showPage')}</button></p></form>
    ${page ? form(page) : nothing}` : nothing, place);
}

const form = ({path, title, titleLocked, hidden, networks, changes}) => html`
  <form class="fields" id="page-form" @submit=${submits(send)}><h3>${path}</h3>
    <p class="soft">${word('pageNetworks', {count: networks})}</p>
    ${field('title', html`<input id="f-title" name="title" maxlength="300" .value=${title ?? ''}>`)}
    ${field('titleLocked', html`<input id="f-titleLocked" name="titleLocked" type="checkbox" .checked=${titleLocked}>`)}
    ${field('hidden', html`<input id="f-hidden" name="hidden" type="checkbox" .checked=${hidden}>`)}
    ${reason()}${told}<p><button type="submit" class="primary">${word('save')}</button></p></form>
  ${changes.length ? html`<ul class="past">${changes.map((change) => html`<li>${moment(change.changedAt, 'hour', site.timeZone)} ·
    ${change.changedBy} · ${change.reason ?? ''} · ${change.title ?? ''}
    ${change.hidden === null ? '' : word(change.hidden ? 'wasHidden' : 'wasListed')}</li>`)}</ul>` : nothing}`;

async function look(sent) {
  // What was typed for the page before goes with its form.
  page = null;
  draw();
  await take(readOf(site.id, 'pages/shown', {path: sent.elements.path.value.trim()}));
}

/** An answer that was overtaken by another question, or by another site, is of no interest. */
async function take(answer) {
  const mine = ++turn;
  const found = await answer;
  if (mine === turn) {
    page = found;
    draw();
  }
}

async function send(sent) {
  const {title, titleLocked, hidden, reason: why} = sent.elements;
  const changes = {reason: why.value.trim(), titleLocked: titleLocked.checked, hidden: hidden.checked};
  if (title.value.trim() && title.value.trim() !== page.title) {
    changes.title = title.value.trim();
  }
  await take(changeOf('PATCH', site.id, 'pages', changes, {path: page.path}));
  say(word('saved'));
  why.value = '';
}

document.addEventListener('luot:language', draw);
