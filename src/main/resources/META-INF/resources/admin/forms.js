/* Forms: what they ask for is done once, and a refusal is told in them. */
import {Problem} from './calls.js';
import {html, say} from './ui.js';
import {word} from './words.js';

/** Handles a form's submission: its buttons rest meanwhile. {@code run} is given the form and the button. */
export const submits = (run) => async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const problem = form.querySelector('.problem');
  const buttons = [...form.querySelectorAll('button:not(:disabled)')];
  problem.textContent = '';
  buttons.forEach((button) => { button.disabled = true; });
  try {
    await run(form, event.submitter);
  } catch (refused) {
    if (!(refused instanceof Problem)) {
      throw refused;
    }
    problem.textContent = refused.text;
    form.elements[refused.field]?.focus?.();
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
  }
};

export const told = html`<p class="problem" role="alert"></p>`;

/** A labelled control with a sentence that says what it is for. */
export const field = (name, control, more = '') => html`<div class="field"><label for=${'f-' + name}
  >${word('set.' + name)}</label>${control}<p class="soft" id=${'w-' + name}>${word('why.' + name)} ${more}</p></div>`;

/** A text with a button that copies it. Where the browser lets no page copy, it is selected. */
export const copied = (text, label) => html`<div class="copied"><textarea readonly rows="2" spellcheck="false"
  aria-label=${label} .value=${text}></textarea>
  <button type="button" class="copy" @click=${copy}>${word('copy')}</button>
  <span class="up done"></span></div>`;

async function copy({currentTarget}) {
  const text = currentTarget.previousElementSibling;
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    say(word('wasCopied'));
    currentTarget.nextElementSibling.textContent = word('wasCopied');
  } catch {
    text.focus();
  }
}

/** Why something is changed, which is kept. */
export const reason = () => html`<label>${word('set.reason')}
  <input name="reason" maxlength="500" required placeholder=${word('why.reason')}></label>`;
