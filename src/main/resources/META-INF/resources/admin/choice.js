/* What is shown, kept in the address behind the #, so that it survives a reload and can be sent on. */
import {isRange, period, today} from './days.js';

export const METRICS = ['views', 'visits', 'visitors', 'votes', 'rating', 'bots', 'downloads'];
export const INTERVALS = ['hour', 'day', 'month', 'year'];
export const COMPARES = ['previous', 'year', 'date', 'none'];

const STANDARD = {site: '', view: 'numbers', period: '30', from: '', to: '', compare: 'previous', since: '',
  metric: 'views', interval: 'day', page: '', list: 'pages', prefix: ''};

const ALLOWED = {metric: METRICS, interval: INTERVALS, compare: COMPARES};

export const chosen = {...STANDARD};

/** Takes over what the address says, where there is such a thing. */
export function readChoice() {
  const named = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(STANDARD)) {
    const value = named.get(name) ?? STANDARD[name];
    chosen[name] = ALLOWED[name]?.includes(value) === false ? STANDARD[name] : value;
  }
  if (!chosen.prefix.startsWith('/')) {
    chosen.prefix = '';
  }
}

/** Changes something and tells whoever shows it. */
export function choose(changes) {
  Object.assign(chosen, changes);
  const named = Object.entries(chosen).filter(([name, value]) => value !== STANDARD[name]);
  history.replaceState(null, '', '#' + new URLSearchParams(named));
  document.dispatchEvent(new CustomEvent('luot:choice', {detail: Object.keys(changes)}));
}

/** Another site, or another page of all: what was chosen within the last one is not meant. */
export function chooseSite(site, view) {
  chosen.site = site;
  choose({view, page: '', prefix: ''});
}

/** First and last day of a period, in the site's zone; none of all time. */
export function days(timeZone, which = chosen.period) {
  if (which === 'all') {
    return {from: '', to: ''};
  }
  if (which === 'custom' && isRange(chosen)) {
    return {from: chosen.from, to: chosen.to};
  }
  return period(which, today(timeZone));
}

/** The days as parameters of a call. */
export function asked(timeZone) {
  const {from, to} = days(timeZone);
  return from ? {from, to} : {};
}

/** What the API compares with; nothing precedes all time. */
export function compared() {
  if (chosen.period === 'all' || chosen.compare === 'none') {
    return '';
  }
  return chosen.compare === 'date' ? chosen.since : chosen.compare;
}
