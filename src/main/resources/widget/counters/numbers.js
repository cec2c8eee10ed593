/** What is known so far. A number that is not known is undefined here and shown nowhere. */

/** By name: its value, and when the request was sent that told it. Those of a page have its path in front. */
const known = {};

/** The full name of what a slot names, such as `views-week`, `portal-rating-sum`, or of a page. */
export const keyOf = (name, page) =>
  name
    .replace(/^(portal-)?(rating-)?(?=[acs])/, '$1rating-')
    .replace(/^(page-)?(?=views$)|^(?=rating)/, () => page + '\n');

/**
 * Learns every count in an answer: a finite number from 0 on; anything else the service might say is not shown. A
 * newer number is never overwritten by an older answer; what was read, and may come from a cache, is oldest. A
 * page's views only grow.
 */
export function learn(values, prefix, sent = 0) {
  for (const part in values) {
    const value = values[part];
    const name = prefix + part;
    const before = known[name] || {};
    if (typeof value === 'object') learn(value, name + '-', sent);
    else if (value === +value && value >= 0 && !(before.sent > sent) && !(/\nviews/.test(name) && before.value > value)) {
      known[name] = {value, sent};
    }
  }
}

/** Of a page, or of the portal itself (null). */
export const learnPage = (page, values, sent) => learn(values, page == null ? 'portal-' : page + '\n', sent);

/** The number a name means for a page, or undefined. The average of no votes is no number, though it is known. */
export function number(name, page) {
  const valueOf = (key) => (known[key] || {}).value;
  const key = keyOf(name, page);
  return /average/.test(key) && valueOf(key.replace('average', 'count')) === 0 ? NaN : valueOf(key);
}
