/* Downloads: read with the key, which a plain link could not send. */
import {call} from './calls.js';
import {asked, chosen} from './choice.js';
import {find, say} from './ui.js';
import {locale, word} from './words.js';

let site = null;

export function exportOf(which) {
  site = which;
}

async function download(button) {
  const {from, to} = asked(site.timeZone);
  const what = find('#export-what').value;
  const format = button.dataset.export;
  const file = ['luot', site.id, what, from, to].filter(Boolean).join('-') + '.' + format;
  button.disabled = true;
  find('#range-problem').textContent = '';
  try {
    // As the reader's Excel takes it: with a byte order mark; where a comma is decimal, semicolons part cells.
    const csv = format === 'csv' && {bom: 'true', separator: locale() === 'vi' ? 'semicolon' : ''};
    const wanted = {format, what, from, to, ...csv};
    const answer = await call(`sites/${encodeURIComponent(site.id)}/export`, wanted);
    save(await answer.blob(), file);
    say(word('exported', {file}));
  } catch (problem) {
    find('#range-problem').textContent = problem.text;
  } finally {
    button.disabled = false;
    button.focus();
  }
}

export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

for (const button of document.querySelectorAll('[data-export]')) {
  button.addEventListener('click', () => site && chosen.site && download(button));
}
