/** What is known so far. A number that is not known is undefined or null here and shown nowhere. */

const site = {};
let portal;
const pages = {};

const PAGE = /^(page-)?views$/;
const RATING = /^(portal-)?(?:rating-)?(count|sum|average)$/;

/** A count is a finite number from 0 on; anything else the service might say is not shown. */
const count = (value) => (Number.isFinite(value) && value >= 0 ? value : undefined);

/** What of a rating a slot can name. The average of no votes is no number, though it is known. */
function ofRating(rating, part) {
  if (rating?.count === 0 && part === 'average') return NaN;
  return count(rating?.[part]);
}

/** The number a slot's name means for a page, or undefined. */
export function number(name, page) {
  const rating = RATING.exec(name);
  if (rating) return ofRating(rating[1] ? portal : pages[page]?.rating, rating[2]);
  return count(PAGE.test(name) ? pages[page]?.views : site[name]);
}

/** The request that would tell what a name means: `counters`, `rating` (the portal's) or `pages`. */
export function source(name) {
  const rating = RATING.exec(name);
  if (rating) return rating[1] ? 'rating' : 'pages';
  return PAGE.test(name) ? 'pages' : /^(online$|vi(ew|sit(or)?)s-)/.test(name) && 'counters';
}

/** Learns from the answer to a hit, a heartbeat or a reading of the counters. */
export function learn(answer) {
  if (answer.online != null) site.online = answer.online;
  for (const kind of ['views', 'visits', 'visitors']) {
    for (const period in answer[kind]) site[kind + '-' + period] = answer[kind][period];
  }
}

/** Views only grow: an answer that shows fewer is an older one, whenever it arrives. */
export function learnPage(page, values) {
  const before = pages[page]?.views;
  pages[page] = {...pages[page], ...values};
  if (before > pages[page].views) pages[page].views = before;
}

export function learnPortal(rating) {
  portal = rating;
}
