/* Whether both stores answer, and how far PostgreSQL is behind Redis. */
import {read} from '../calls.js';
import {number} from '../format.js';
import {find, html} from '../ui.js';
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

function show({version, schemaVersion, stores, flush, epochs}) {
  const ago = flush.lagSeconds === null ? null : word('ago', {seconds: number(flush.lagSeconds, 0)});
  const lines = [
    ['Redis', state(stores.redis)],
    ['PostgreSQL', state(stores.postgres)],
    [word('flushLag'), ago ?? word('unknown')],
    [word('unflushed'), number(flush.unflushedRegisters)],
    [word('epochs'), number(epochs)],
    [word('version'), version + (schemaVersion ? ', ' + word('tables', {version: schemaVersion}) : '')],
  ];
  return html`<dl>${lines.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

const state = ({up, version}) => html`<span class=${up ? 'up' : 'down'}
  >${[word(up ? 'up' : 'down'), version].filter(Boolean).join(' · ')}</span>`;
