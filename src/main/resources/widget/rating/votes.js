/**
 * One visitor's votes, kept by the page's own storage: a nonce chosen here before anything is sent, by which a
 * vote that is sent again is the same vote; the token the server issued; and what was last given.
 */
import {HELD} from './words.js';

const {inside} = window.luot;
const {ask, site, learnPage, show} = inside;

const KEY = 'luot:' + site;

/* Storage may be forbidden; then a vote is remembered until the page is left. */
let memory = {};

/* Read again each time: another tab may have voted meanwhile, and a reader has one token. */
function kept() {
  try {
    memory = JSON.parse(localStorage.getItem(KEY)) || memory;
  } catch {}
  return memory;
}

const id = (page) => page || '';

/** The stars this visitor has given a page (null: the portal itself), or undefined. */
export const mine = (page) => (kept().mine || {})[id(page)];

function keep(changed) {
  memory = Object.assign(kept(), changed);
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {}
}

async function send(page, stars) {
  const path = page == null ? 'rating' : 'rating?page=' + encodeURIComponent(page);
  if (!kept().nonce) keep({nonce: crypto.getRandomValues(new Uint32Array(5)).join('-')});
  const {nonce, voter} = kept();
  const sent = ++inside.sent;
  const answer = await ask(path, {stars, voter, nonce}, stars ? 'PUT' : 'DELETE');
  if (typeof answer !== 'object') return answer || 503;
  keep({voter: answer.voter, mine: Object.assign({}, kept().mine, {[id(page)]: answer.mine || undefined})});
  learnPage(page, {rating: answer}, sent);
  show();
  return answer.held ? HELD : 0;
}

let last = Promise.resolve();

/**
 * Casts or changes the vote, or withdraws it when there are no stars. Resolves to 0 when it counts,
 * else to a status that says why it does not. One after the other: the first brings the token for the next.
 */
export function vote(page, stars) {
  last = last.then(() => send(page, stars)).catch(() => 503);
  return last;
}
