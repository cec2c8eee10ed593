/* Calls of the admin API, relative to this page: it may live behind a path prefix. */
import {currentKey} from './key.js';
import {word} from './words.js';

/** Seconds. */
const MOST_PATIENCE = 3;

/** What a call was refused with: problem details (RFC 9457), or no answer at all (status 0). */
export class Problem extends Error {
  constructor(status, details) {
    super(details.title ?? word('failed'));
    this.status = status;
    this.detail = [details.detail, ...(details.errors ?? []).map((e) => `${e.field}: ${e.detail}`)]
      .filter(Boolean).join(' ');
  }

  /** All of it in one line. */
  get text() {
    return [this.message, this.detail].filter(Boolean).join(': ');
  }
}

/** The answer, whatever its type. Parameters that are null or empty are left out. */
export async function call(path, parameters = {}, key = currentKey()) {
  const address = new URL('v1/' + path, document.baseURI);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') {
      address.searchParams.set(name, value);
    }
  }
  let answer = await send(address, key);
  if (answer.status === 503) {
    await new Promise((done) => setTimeout(done, patience(answer)));
    answer = await send(address, key);
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

async function send(address, key) {
  try {
    const headers = {Authorization: 'Bearer ' + key};
    return await fetch(address, {headers, cache: 'no-store', credentials: 'omit'});
  } catch {
    throw new Problem(0, {title: word('unreachable')});
  }
}

export async function read(path, parameters, key) {
  return (await call(path, parameters, key)).json();
}

/** A call that concerns one site. */
export const readOf = (site, what, parameters) =>
  read(`sites/${encodeURIComponent(site)}/${what}`, parameters);
