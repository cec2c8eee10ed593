/* What is shown, kept in the address behind the #, so that it survives a reload and can be sent on. */
import {dayBefore, today} from './days.js';

const STANDARD = {site: '', period: '30', from: '', to: '', metric: 'views', interval: 'day'};

export const chosen = {...STANDARD};

/** Takes over what the address says. */
export function readChoice() {
  const named = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(STANDARD)) {
    chosen[name] = named.get(name) ?? STANDARD[name];
  }
}

/** Changes something and tells whoever shows it. */
export function choose(changes) {
  Object.assign(chosen, changes);
  const named = Object.entries(chosen).filter(([name, value]) => value !== STANDARD[name]);
  history.replaceState(null, '', '#' + new URLSearchParams(named));
  document.dispatchEvent(new CustomEvent('luot:choice', {detail: Object.keys(changes)}));
}

/** First and last day of a period, in the site's zone. */
export function days(timeZone, period = chosen.period) {
  if (period === 'custom' && chosen.from && chosen.to) {
    return {from: chosen.from, to: chosen.to};
  }
  const last = today(timeZone);
  return {from: dayBefore(last, (Number(period) || 1) - 1), to: last};
}
