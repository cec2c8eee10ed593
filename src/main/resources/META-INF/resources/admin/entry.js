/* Logging in and out. */
import {read} from './calls.js';
import {find} from './ui.js';
import {currentKey, forgetKey, keepKey} from './key.js';
import {word} from './words.js';

const MOST_AT_ONCE = 1000;

const form = find('#entry');

/** What a header can carry; anything else is no key. */
const KEY = /^[\x21-\x7e]{1,500}$/;

/** All sites within the key's reach, by id. */
export async function sites(key = currentKey()) {
  const all = [];
  let after = '';
  do {
    const answer = await read('sites', {after, limit: MOST_AT_ONCE}, key);
    all.push(...answer.sites);
    after = answer.next;
  } while (after);
  return all;
}

/** Asks for a key; {@code enter} is given the sites it reaches. */
export function askForKey(enter, problem = '') {
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
    const found = await sites(key);
    keepKey(key);
    await enter(found);
    form.hidden = true;
    form.reset();
  } catch (problem) {
    find('#entry-problem').textContent = refusal(problem);
    find('#key').select();
  } finally {
    button.disabled = false;
  }
}

export const refusal = (problem) => problem.status === 401
  ? word('keyRefused')
  : problem.text;

export function leave() {
  forgetKey();
  history.replaceState(null, '', location.pathname);
}
