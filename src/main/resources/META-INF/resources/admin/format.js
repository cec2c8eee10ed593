/* Numbers, shares and times as the reader writes them. */
import {locale, word} from './words.js';

/** A dash for what is not known, never a false 0. */
export function number(value, digits = 0) {
  return value === null || value === undefined
    ? '–'
    : new Intl.NumberFormat(locale(), {maximumFractionDigits: digits}).format(value);
}

/** Of stars; the same length in every row. */
export const average = (value) =>
  new Intl.NumberFormat(locale(), {minimumFractionDigits: 2, maximumFractionDigits: 2}).format(value);

/** 0.123 as 12.3 %; null where there is nothing to compare with. */
export function change(now, before) {
  if (now === null || now === undefined || !before) {
    return null;
  }
  const style = {style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero'};
  return new Intl.NumberFormat(locale(), style).format(now / before - 1);
}

export const share = (part, whole) =>
  new Intl.NumberFormat(locale(), {style: 'percent', maximumFractionDigits: 0})
    .format(whole ? part / whole : 0);

const TIMES = {
  hour: {day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'},
  day: {day: '2-digit', month: '2-digit', year: 'numeric'},
  month: {month: '2-digit', year: 'numeric'},
  year: {year: 'numeric'},
};

/** A day in the site's zone. */
export const date = (at, timeZone) => moment(at, 'day', timeZone);

/** The beginning of an hour, day or month in the site's zone. */
export const moment = (at, interval, timeZone) =>
  written({...TIMES[interval], timeZone}, at);

/** As short as an axis needs it. */
export function tick(at, interval, timeZone, oneDay) {
  const short = oneDay
    ? {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}
    : interval === 'month' || interval === 'year' ? TIMES[interval] : {day: '2-digit', month: '2-digit'};
  return written({...short, timeZone}, at);
}

/** 29/11 as in 29/11/2026, where some browsers write 29-11, and 11/2026 in any language. */
const written = (parts, at) => new Intl.DateTimeFormat(parts.month && !parts.day ? 'en' : locale(), parts)
  .format(new Date(at)).replaceAll('-', '/');

/** A dash alone says nothing to who cannot see it. */
export const spoken = (value) => (value === null || value === undefined ? word('unknown') : null);
