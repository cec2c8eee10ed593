/* Downloads: read with the key, which a plain link could not send. */
import {call} from './calls.js';
import {chosen, days} from './choice.js';
import {find, make, say} from './dom.js';
import {word} from './words.js';

let site = null;

export function exportOf(which) {
  site = which;
}

async function download(button) {
  const {from, to} = days(site.timeZone);
  const what = find('#export-what').value;
  const format = button.dataset.export;
  const file = `luot-${site.id}-${what}-${from}-${to}.${format}`;
  button.disabled = true;
  find('#range-problem').textContent = '';
  try {
    // The byte order mark is for Excel.
    const asked = {format, what, from, to, bom: format === 'csv' ? 'true' : ''};
    const answer = await call(`sites/${encodeURIComponent(site.id)}/export`, asked);
    save(await answer.blob(), file);
    say(word('exported', {file}));
  } catch (problem) {
    find('#range-problem').textContent = problem.text;
  } finally {
    button.disabled = false;
    button.focus();
  }
}

function save(blob, name) {
  const link = make('a', {href: URL.createObjectURL(blob), download: name});
  link.click();
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

for (const button of document.querySelectorAll('[data-export]')) {
  button.addEventListener('click', () => site && chosen.site && download(button));
}
