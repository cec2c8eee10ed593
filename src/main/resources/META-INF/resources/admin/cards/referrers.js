/* The hosts that visitors came from, and the visits that began without one. */
import {asked} from '../choice.js';
import {readOf} from '../calls.js';
import {number, share} from '../format.js';
import {bar, find, html, nothing} from '../ui.js';
import {word} from '../words.js';
import {card, empty} from './card.js';

const LISTED = 10;
const MOST = 500;

const shown = card(find('#referrers'), show);
let site = null;
let limit = LISTED;

export const clear = shown.clear;

export function load(which) {
  [site, limit] = [which, LISTED];
  return read();
}

const read = () => shown.load(() => readOf(site.id, 'referrers', {...asked(site.timeZone), limit}));

export const hostName = (host) => (host === '~other' ? word('others') : host);

function show({referrers, views, direct}) {
  const all = views + direct;
  const most = Math.max(direct, ...referrers.map((one) => one.views));
  const row = (name, count) => html`<li><span>${name}</span>${bar(count, most)}
    <span class="count">${number(count)} · ${share(count, all)}</span></li>`;
  return all === 0 ? empty('noReferrers') : html`<ul class="bars hosts">
      ${referrers.map((one) => row(hostName(one.host), one.views))}${direct ? row(word('direct'), direct) : nothing}</ul>
    ${referrers.length === limit && limit < MOST ? html`<p class="sheets"><button type="button" data-name="more"
      @click=${more}>${word('more')}</button></p>` : nothing}
    <p class="soft">${word('directSaid')}</p>`;
}

function more() {
  limit = Math.min(MOST, 5 * limit);
  read();
}
