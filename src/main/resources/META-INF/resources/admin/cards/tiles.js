/* The numbers of this moment, asked for again every few seconds while somebody looks. */
import {readOf} from '../calls.js';
import {change, number, spoken, tick} from '../format.js';
import {find} from '../ui.js';
import {word} from '../words.js';

const EVERY = 5_000;

/** The series is read from PostgreSQL: now and then is enough. */
const COMPARE_EVERY = 12;

let site = null;
let timer = null;
let asked = 0;
let counters = null;
let hours = null;

export function watch(which) {
  stop();
  site = which;
  counters = hours = null;
  asked = 0;
  draw();
  return look();
}

export function stop() {
  clearTimeout(timer);
  site = null;
}

async function look() {
  const mine = site;
  clearTimeout(timer);
  if (document.hidden || mine === null) {
    return;
  }
  try {
    const read = await readOf(mine.id, 'counters');
    const compared = asked++ % COMPARE_EVERY === 0 ? await compare(mine, read) : hours;
    if (mine !== site) {
      return;
    }
    [counters, hours] = [read, compared];
    draw();
  } catch (problem) {
    if (mine !== site) {
      return;
    }
    find('#tiles-problem').textContent = problem.text;
    isLive(false);
  }
  timer = setTimeout(look, EVERY);
}

/** Views of today and of yesterday until the last full hour. */
async function compare(mine, {asOf}) {
  const today = asOf.slice(0, 10);
  const range = {metric: 'views', interval: 'hour', from: today, to: today, compare: 'previous'};
  const {comparison} = await readOf(mine.id, 'series', range).catch(() => ({}));
  return comparison?.other ? comparison : null;
}

function draw() {
  const {online, onlineWindowSeconds, views, visits, visitors} = counters ?? {};
  put('online', online, counters && word('onlineNote', {minutes: number(onlineWindowSeconds / 60, 1)}));
  put('viewsToday', views?.today, sameHour() ?? yesterday(views));
  put('visitsToday', visits?.today, yesterday(visits));
  put('visitorsToday', visitors?.today, yesterday(visitors));
  put('viewsTotal', views?.total, visits && word('totalNote', {visits: number(visits.total)}));
  find('#tiles-problem').textContent = '';
  isLive(typeof online === 'number');
}

const yesterday = (sums) => sums && word('yesterday', {number: number(sums.yesterday)});

function sameHour() {
  if (!hours) {
    return null;
  }
  const {until, value, other} = hours;
  const text = word('sameHour',
    {hour: tick(until, 'hour', site.timeZone, true), today: number(value), yesterday: number(other)});
  const changed = change(value, other);
  return changed ? `${text} (${changed})` : text;
}

/** What is not of this moment is not shown as if it were. */
function isLive(live) {
  find('.tile.live').classList.toggle('old', !live);
}

function put(name, value, note) {
  const place = find(`[data-number=${name}]`);
  place.textContent = number(value);
  place.setAttribute('aria-label', spoken(value));
  find(`[data-note=${name}]`).textContent = note || '';
}

document.addEventListener('visibilitychange', look);
document.addEventListener('luot:language', draw);
