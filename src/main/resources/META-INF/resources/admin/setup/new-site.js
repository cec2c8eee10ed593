/* Registers a site. */
import {change} from '../calls.js';
import {field, submits, told} from '../forms.js';
import {find, html, nothing, render} from '../ui.js';
import {word} from '../words.js';
import {idOf, originsOf} from './origins.js';

const place = find('#new-site .body');
let made = () => {};
let typed = {address: '', id: ''};

/** {@code then} is given the site as it was registered. */
export function open(then) {
  made = then;
  typed = {address: '', id: ''};
  render(nothing, place);
  draw();
  find('#f-name').focus();
}

/** Its fields have the names of the settings' ones: only one of both is in the page. */
export function clear() {
  render(nothing, place);
}

export const load = () => {};

const draw = () => render(form(), place);

function form() {
  const found = originsOf(typed.address);
  return html`<form class="fields" @submit=${submits(send)}>
    ${field('name', html`<input id="f-name" name="name" maxlength="200" required>`)}
    ${field('address', html`<input id="f-address" name="address" required spellcheck="false" autocapitalize="none"
      inputmode="url" placeholder="bacninh.gov.vn" @input=${type}>`)}
    ${found.length ? html`<fieldset class="field"><legend>${word('set.origins')}</legend>
      ${found.map(({origin, chosen}) => html`<label class="check"><input type="checkbox" name="origin" value=${origin}
        .checked=${chosen}>${origin}</label>`)}<p class="soft">${word('why.originsFound')}</p></fieldset>` : nothing}
    ${field('id', html`<input id="f-id" name="id" maxlength="63" pattern="[a-z0-9][a-z0-9\\-]*" required
      spellcheck="false" autocapitalize="none" .value=${typed.id}>`)}
    ${field('timeZone', zone('Asia/Ho_Chi_Minh'))}
    ${told}<p><button type="submit" class="primary">${word('register')}</button></p></form>`;
}

export const zone = (chosen) => html`<select id="f-timeZone" name="timeZone">${zones(chosen).map((name) =>
  html`<option ?selected=${name === chosen}>${name}</option>`)}</select>`;

/** Browsers have older names for some, and old ones no list. */
const zones = (chosen) => [...new Set([chosen, 'Asia/Ho_Chi_Minh', ...(Intl.supportedValuesOf?.('timeZone') ?? [])])].sort();

function type({target}) {
  typed = {address: target.value, id: idOf(target.value)};
  draw();
}

async function send(form) {
  const origins = [...form.querySelectorAll('[name=origin]:checked')].map(({value}) => value);
  const {name, id, timeZone} = form.elements;
  made(await change('POST', 'sites',
    {id: id.value, name: name.value.trim(), timeZone: timeZone.value, origins}));
}

document.addEventListener('luot:language', () => place.querySelector('form') && draw());
