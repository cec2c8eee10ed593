/* What visits began with: devices, browsers and systems. */
import {asked} from '../choice.js';
import {readOf} from '../calls.js';
import {number} from '../format.js';
import {bar, find, html} from '../ui.js';
import {word} from '../words.js';
import {card, empty} from './card.js';

const LISTED = 5;
const OTHER = 'Other';

const shown = card(find('#devices'), show);

export const clear = shown.clear;

export function load({id, timeZone}) {
  return shown.load(() => readOf(id, 'devices', asked(timeZone)));
}

function show({devices}) {
  return devices.length === 0 ? empty('nothing') : html`${['device', 'browser', 'system'].map((by) => group(by, devices))}`;
}

/** The most frequent ones, and all others together. */
function group(by, devices) {
  const sums = new Map();
  const add = (name, visits) => sums.set(name, (sums.get(name) ?? 0) + visits);
  devices.forEach((one) => add(one[by], one.visits));
  const sorted = [...sums].sort((a, b) => b[1] - a[1]);
  sums.clear();
  sorted.forEach(([name, visits], i) => add(i < LISTED ? name : OTHER, visits));
  const most = Math.max(...sums.values());
  return html`<h3 class="minor">${word('by.' + by)}</h3><ul class="bars hosts">${[...sums].map(([name, visits]) => html`<li>
    <span>${name === OTHER ? word('otherDevices') : by === 'device' ? word('device.' + name) : name}</span>${bar(visits, most)}
    <span class="count">${number(visits)}</span></li>`)}</ul>`;
}
