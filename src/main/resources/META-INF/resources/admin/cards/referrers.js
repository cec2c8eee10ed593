/* The hosts that visitors came from. */
import {days} from '../choice.js';
import {readOf} from '../calls.js';
import {bar, find, make} from '../dom.js';
import {number} from '../format.js';
import {word} from '../words.js';
import {card, empty} from './card.js';

const LISTED = 10;

const shown = card(find('#referrers'), show);

export const clear = shown.clear;

export function load({id, timeZone}) {
  return shown.load(() => readOf(id, 'referrers', {...days(timeZone), limit: LISTED}));
}

function show({referrers}, body) {
  const most = Math.max(...referrers.map(({views}) => views));
  body.replaceChildren(referrers.length === 0
    ? empty('noReferrers')
    : make('ul', {className: 'bars hosts'}, ...referrers.map(({host, views}) => make('li', {},
      make('span', {textContent: host === '~other' ? word('others') : host}),
      bar(views, most),
      make('span', {className: 'count', textContent: number(views)})))));
}
