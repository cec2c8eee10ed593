/* Local days as text: 2026-11-21. */
const LONGEST = 3660;

/** The day that it is in a time zone. */
export function today(timeZone) {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', {timeZone}).format(new Date());
}

/** The last second of a day in a time zone. */
export function endOf(day, timeZone) {
  const end = new Date(day + 'T23:59:59Z');
  const parts = {timeZone, dateStyle: 'short', timeStyle: 'medium'};
  const there = new Date(new Intl.DateTimeFormat('sv-SE', parts).format(end).replace(' ', 'T') + 'Z');
  return new Date(2 * end - there);
}

const text = (date) => date.toISOString().slice(0, 10);
const utc = (year, month, day) => text(new Date(Date.UTC(year, month, day)));

export function dayBefore(day, days) {
  const date = new Date(day + 'T00:00:00Z');
  date.setUTCDate(date.getUTCDate() - days);
  return text(date);
}

/** Whole months: so many of them, the first one so many months from that of the day. */
function months(day, from, count) {
  const [year, month] = day.split('-').map(Number);
  return {from: utc(year, month - 1 + from, 1), to: utc(year, month - 1 + from + count, 0)};
}

const past = (days) => (day) => ({from: dayBefore(day, days - 1), to: day});
const monthOf = (day) => Number(day.slice(5, 7)) - 1;

/** Periods as people say them, whole: a month until its last day, also where that is to come. */
const PERIODS = new Map([
  ['today', past(1)],
  ['yesterday', (day) => past(1)(dayBefore(day, 1))],
  ['week', (day) => {
    const monday = dayBefore(day, (new Date(day + 'T00:00:00Z').getUTCDay() + 6) % 7);
    return {from: monday, to: dayBefore(monday, -6)};
  }],
  ['7', past(7)],
  ['30', past(30)],
  ['month', (day) => months(day, 0, 1)],
  ['lastMonth', (day) => months(day, -1, 1)],
  ['quarter', (day) => months(day, -(monthOf(day) % 3), 3)],
  ['lastQuarter', (day) => months(day, -(monthOf(day) % 3) - 3, 3)],
  ['year', (day) => months(day, -monthOf(day), 12)],
  ['lastYear', (day) => months(day, -monthOf(day) - 12, 12)],
]);

export const NAMED = [...PERIODS.keys()];

export const period = (name, day) => (PERIODS.get(name) ?? PERIODS.get('30'))(day);

/** How many days a range has, its last one included. */
export const length = ({from, to}) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

export const isRange = (range) => length(range) >= 1 && length(range) <= LONGEST;
