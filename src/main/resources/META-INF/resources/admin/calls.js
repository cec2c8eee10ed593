/* Calls of the admin API, relative to this page: it may live behind a path prefix. */
import {currentKey} from './key.js';
import {isWord, locale, word} from './words.js';
import {refusal} from './words/vi-refusals.js';

/* A name and a password in the address of a page cannot be called, and are nobody else's business. */
export const here = document.baseURI.replace(/\/\/[^/]*@/, '//');

/** Seconds. */
const MOST_PATIENCE = 3;

export const MOST_AT_ONCE = 1000;

/** What a call was refused with: problem details (RFC 9457), or no answer at all (status 0). */
export class Problem extends Error {
  constructor(status, details) {
    const errors = (details.errors ?? []).map(({field, detail}) => ({field: named(field), detail}));
    super(said('refused.' + kind(details), details.title ?? word('failed')));
    this.status = status;
    this.field = errors[0]?.field;
    this.detail = errors.map(({field, detail}) => `${said('set.' + field, field)}: ${said('rule.' + field, detail)}`)
      .join('; ') || advice(kind(details), details.detail ?? '');
  }

  /** All of it in one line. */
  get text() {
    return [this.message, this.detail].filter(Boolean).join(': ');
  }
}

/** As the page's forms name it: origins[0] is within origins, rating.sum a field of its own. */
const named = (field) => field.replace(/^rating\.(.)/, (_, first) => 'rating' + first.toUpperCase()).replace(/[.[].*/, '');

/** The last part of a problem's type names its kind. */
const kind = ({type}) => String(type).split(/[/:#]/).at(-1);

const advice = (reason, text) => (locale() === 'vi' && refusal(text)) || said('refused.' + reason + '.do', text);

/** In the reader's language where it is known in it; English is the server's own. */
const said = (name, text) => (isWord(name) ? word(name) : text);

/**
 * The answer, whatever its type. Parameters that are null or empty are left out; {@code sent} may
 * have a method and a body: an object is sent as JSON.
 */
export async function call(path, parameters = {}, key = currentKey(), sent = {}) {
  if (!key) {
    throw new Problem(401, {}); // Whoever asked has left meanwhile.
  }
  const address = new URL('v1/' + path, here);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') {
      address.searchParams.set(name, value);
    }
  }
  let answer = await send(address, key, sent);
  if (answer.status === 503 && !sent.method) {
    await new Promise((done) => setTimeout(done, patience(answer)));
    answer = await send(address, key, sent);
  }
  if (answer.ok) {
    return answer;
  }
  if (answer.status === 401 && key === currentKey()) {
    document.dispatchEvent(new Event('luot:refused'));
  }
  throw new Problem(answer.status, await answer.json().catch(() => ({title: answer.statusText})));
}

/** A store that is away for a moment is asked once more, when the service says it may be. */
const patience = (answer) =>
  1000 * Math.min(Number(answer.headers.get('Retry-After')) || 1, MOST_PATIENCE);

async function send(address, key, {method = 'GET', body}) {
  try {
    const headers = {Authorization: 'Bearer ' + key};
    const asIs = body === undefined || body instanceof Blob;
    if (body !== undefined) {
      headers['Content-Type'] = asIs ? 'text/csv' : 'application/json';
    }
    return await fetch(address, {method, headers, body: asIs ? body : JSON.stringify(body),
      cache: 'no-store', credentials: 'omit'});
  } catch {
    throw new Problem(0, {title: word('unreachable')});
  }
}

export async function read(path, parameters, key) {
  return (await call(path, parameters, key)).json();
}

/** All parts of a list of sites. */
export async function readSites(list, key) {
  const all = [];
  let after = '';
  do {
    const {sites, next} = await read(list, {after, limit: MOST_AT_ONCE}, key);
    all.push(...sites);
    after = next;
  } while (after);
  return all;
}

const of = (site, what) => 'sites/' + encodeURIComponent(site) + (what && '/' + what);

/** A call that concerns one site. */
export const readOf = (site, what, parameters) => read(of(site, what), parameters);

/** Changes something of a site; the answer, if it has a body. */
export const changeOf = (method, site, what, body, parameters) =>
  change(method, of(site, what), body, parameters);

export async function change(method, path, body, parameters) {
  const answer = await call(path, parameters, currentKey(), {method, body});
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}
