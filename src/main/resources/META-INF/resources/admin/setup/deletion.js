/* Deletes a site, once its id has been typed. */
import {changeOf} from '../calls.js';
import {submits, told} from '../forms.js';
import {find, html, nothing, render} from '../ui.js';
import {word} from '../words.js';

const place = find('#deletion .body');
let site = null;

export function clear() {
  site = null;
  draw();
}

export function load(which) {
  clear();
  site = which;
  draw();
}

function draw() {
  render(site ? html`<form class="fields" @submit=${submits(send)}><p>${word('deletionHint', {site: site.name})}</p>
    <label>${word('deletionType', {id: site.id})} <input name="confirm" autocomplete="off" spellcheck="false"
      autocapitalize="none" @input=${({target}) => { target.form.querySelector('button').disabled = target.value !== site.id; }}></label>
    ${told}<p><button type="submit" class="danger" disabled>${word('deletion')}</button></p></form>` : nothing, place);
}

async function send(form) {
  const {id} = site;
  await changeOf('DELETE', id, '', undefined, {confirm: form.elements.confirm.value});
  document.dispatchEvent(new CustomEvent('luot:deleted', {detail: id}));
}

document.addEventListener('luot:language', draw);
