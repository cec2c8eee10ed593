/* Origins whose pages call for the site and are refused. */
import {readOf} from '../calls.js';
import {card, empty} from '../cards/card.js';
import {refusals} from '../setup/guide.js';
import {find, html} from '../ui.js';
import {word} from '../words.js';

const shown = card(find('#refusals'), show);
let site = null;
let me = null;

export const clear = shown.clear;

export function load(which, who) {
  [site, me] = [which, who];
  return again();
}

const again = () => shown.load(() => readOf(site.id, 'refusals'));

function show({refusals: list}) {
  return list.length ? html`<div class="scroll" tabindex="0" role="group" aria-label=${word('refusalsCard')}>
    ${refusals(list, site, me, again)}</div>` : empty('noRefusals');
}
