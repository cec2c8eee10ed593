/* The hosts that visitors came from. */
import {asked} from '../choice.js';
import {readOf} from '../calls.js';
import {number} from '../format.js';
import {bar, find, html} from '../ui.js';
import {word} from '../words.js';
import {card, empty} from './card.js';

const LISTED = 10;

const shown = card(find('#referrers'), show);

export const clear = shown.clear;

export function load({id, timeZone}) {
  return shown.load(() => readOf(id, 'referrers', {...asked(timeZone), limit: LISTED}));
}

function show({referrers}) {
  const most = Math.max(...referrers.map(({views}) => views));
  return referrers.length === 0
    ? empty('noReferrers')
    : html`<ul class="bars hosts">${referrers.map(({host, views}) => html`<li>
        <span>${host === '~other' ? word('others') : host}</span>${bar(views, most)}
        <span class="count">${number(views)}</span></li>`)}</ul>`;
}
