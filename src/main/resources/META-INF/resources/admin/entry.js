/* Logging in and out. */
import {read, readSites} from './calls.js';
import {find} from './ui.js';
import {currentKey, forgetKey, keepKey, shared} from './key.js';
import {word} from './words.js';

const form = find('#entry');

/** What a header can carry; anything else is no key. */
const KEY = /^[\x21-\x7e]{1,500}$/;

const ROLES = ['viewer', 'reader', 'editor', 'operator'];

/** What the key may do, and all sites within its reach, by id. */
export async function reach(key = currentKey()) {
  const {name, role, everySite, label} = await read('me', {}, key);
  const may = (needed) => ROLES.indexOf(role) >= ROLES.indexOf(needed);
  const list = may('reader') ? 'sites' : 'overview';
  const sites = await readSites(list, key);
  const me = {name, may, everySite, many: everySite || label !== null, numbersAt: list === 'overview' ? Date.now() : 0};
  // A viewer is told one origin only.
  return {me, sites: sites.map((site) => ({origins: [site.origin], ...site}))};
}

/** Asks for a key; {@code enter} is given what it reaches. */
export function askForKey(enter, problem = '') {
  if (shared) {
    // Nobody is asked for a key here: the page may stand in a frame.
    find('#no-link').hidden = false;
    find('#no-link [data-word=noLink]').hidden = Boolean(problem);
    find('#no-link-problem').textContent = problem;
    return;
  }
  form.hidden = false;
  find('#entry-problem').textContent = problem;
  find('#key').focus();
  form.onsubmit = async (event) => {
    event.preventDefault();
    await tryKey(find('#key').value.trim(), enter);
  };
}

async function tryKey(key, enter) {
  const button = form.querySelector('[type=submit]');
  button.disabled = true;
  find('#entry-problem').textContent = '';
  try {
    if (!KEY.test(key)) {
      throw Object.assign(new Error(), {status: 401});
    }
    const found = await reach(key);
    keepKey(key);
    // What a password manager keeps the key under.
    find('#who').value = found.me.name;
    enter(found);
    form.hidden = true;
    form.reset();
  } catch (problem) {
    find('#entry-problem').textContent = refusal(problem);
    find('#key').select();
  } finally {
    button.disabled = false;
  }
}

export function refusal({status, text}) {
  return status !== 401 ? text : shared ? '' : word('keyRefused');
}

export function leave() {
  forgetKey();
  history.replaceState(null, '', location.pathname + location.search);
}
