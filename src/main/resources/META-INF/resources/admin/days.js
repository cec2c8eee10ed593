/* Local days as text: 2026-11-21. */
const LONGEST = 3660;

/** The day that it is in a time zone. */
export function today(timeZone) {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', {timeZone}).format(new Date());
}

export function dayBefore(day, days) {
  const date = new Date(day + 'T00:00:00Z');
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

/** How many days a range has, its last one included. */
export const length = ({from, to}) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

export const isRange = (range) => length(range) >= 1 && length(range) <= LONGEST;
