/* A file of old numbers: dropped here, checked, then imported as a whole or not at all. */
import {changeOf, readOf} from '../calls.js';
import {card} from '../cards/card.js';
import {reason, submits, told} from '../forms.js';
import {moment, number} from '../format.js';
import {find, html, nothing, say} from '../ui.js';
import {locale, word} from '../words.js';
import {importError} from '../words/vi-imports.js';

const EVERY = 500;

const shown = card(find('#imports'), (answer) => show(answer));
let site = null;
let file = null;
let report = null;

export function clear() {
  [site, file, report] = [null, null, null];
  shown.clear();
}

export function load(which) {
  clear();
  site = which;
  return again();
}

const again = () => shown.load(() => readOf(site.id, 'imports', {limit: 10}));

const show = ({imports}) => html`<p class="soft">${word('importHint')}</p>
  <form class="fields inline" @submit=${submits(send)}>
    <div class="drop" @dragover=${over} @dragleave=${leave} @drop=${drop}>
      <label for="import-file">${word('importDrop')}</label>
      <input id="import-file" type="file" accept=".csv,text/csv,text/plain" @change=${({target}) => take(target.files[0])}>
      <p id="import-name">${file ? `${file.name} · ${number(file.size / 1024, 0)} KB` : ''}</p></div>
    ${reason()}${told}
    <p><button type="submit" name="check" ?disabled=${!file}>${word('importCheck')}</button>
      <button type="submit" name="import" class="primary" ?disabled=${!file}>${word('importNow')}</button></p></form>
  ${report ? html`<div id="import-report" aria-live="polite">${result(report)}</div>` : nothing}
  ${imports.length ? html`<details><summary>${word('importsBefore')}</summary><ul class="past">${imports.map((one) =>
    html`<li>${moment(one.startedAt, 'hour', site.timeZone)} · ${one.by} · ${one.reason} · ${stateOf(one)}</li>`)}</ul></details>` : nothing}`;

const stateOf = ({state, dryRun, lines}) =>
  word('import.' + state + (state === 'done' && dryRun ? 'Dry' : ''), {lines: number(lines)});

const result = (one) => html`<p class=${one.state === 'done' ? 'up' : one.state === 'running' ? '' : 'down'}>${stateOf(one)}</p>
  ${one.state === 'running' ? html`<progress max=${2 * one.lines || 1} value=${one.checked + one.done}></progress>` : nothing}
  ${one.errors.length ? html`<div class="scroll" tabindex="0" role="group" aria-label=${word('importErrors')}><table>
    <caption class="soft">${word('importErrorCount', {count: number(one.errorCount)})}</caption>
    <thead><tr><th scope="col" class="count">${word('importLine')}</th><th scope="col" class="count">${word('importColumn')}</th>
      <th scope="col">${word('importDetail')}</th></tr></thead>
    <tbody>${one.errors.map(({line, column, detail}) => html`<tr><td class="count">${number(line)}</td>
      <td class="count">${column || '–'}</td><td>${locale() === 'vi' ? importError(detail) : detail}</td></tr>`)}</tbody></table></div>` : nothing}`;

function take(chosen) {
  [file, report] = [chosen ?? null, null];
  shown.draw();
}

const mark = (event, on) => event.currentTarget.classList.toggle('over', on);

function over(event) {
  event.preventDefault();
  mark(event, true);
}

const leave = (event) => mark(event, false);

function drop(event) {
  event.preventDefault();
  mark(event, false);
  take(event.dataTransfer.files[0]);
}

async function send(form, button) {
  const dryRun = String(button?.name !== 'import');
  const mine = site;
  let sent = await changeOf('POST', mine.id, 'imports', file, {reason: form.elements.reason.value.trim(), dryRun});
  // Of a site that was left nothing is shown at the next one.
  while (mine === site) {
    report = sent;
    shown.draw();
    if (sent.state !== 'running') {
      say(stateOf(sent));
      await again();
      return;
    }
    await new Promise((done) => { setTimeout(done, EVERY); });
    sent = await readOf(mine.id, 'imports/' + sent.id);
  }
}
