/* Whether both stores answer, and how far PostgreSQL is behind Redis. */
import {read} from '../calls.js';
import {find, make} from '../dom.js';
import {number} from '../format.js';
import {word} from '../words.js';
import {card} from './card.js';

const EVERY = 15_000;

const shown = card(find('#status'), show);
let timer = null;

export function watch() {
  stop();
  return look();
}

export function stop() {
  clearInterval(timer);
  timer = null;
}

function look() {
  timer ??= setInterval(() => document.hidden || look(), EVERY);
  return shown.load(() => read('status'));
}

function show({version, schemaVersion, stores, flush, epochs}, body) {
  const ago = flush.lagSeconds === null ? null : word('ago', {seconds: number(flush.lagSeconds, 0)});
  body.replaceChildren(make('dl', {},
    ...line('Redis', state(stores.redis)),
    ...line('PostgreSQL', state(stores.postgres)),
    ...line(word('flushLag'), ago ?? word('unknown')),
    ...line(word('unflushed'), number(flush.unflushedRegisters)),
    ...line(word('epochs'), number(epochs)),
    ...line(word('version'), version + (schemaVersion ? ', ' + word('tables', {version: schemaVersion}) : ''))));
}

function state({up, version}) {
  return make('span', {className: up ? 'up' : 'down',
    textContent: [word(up ? 'up' : 'down'), version].filter(Boolean).join(' · ')});
}

const line = (name, value) => [make('dt', {textContent: name}), make('dd', {}, value)];
