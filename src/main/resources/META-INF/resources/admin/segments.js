/* A choice of a few, as buttons of which one is pressed. */
import {chosen} from './choice.js';
import {html} from './ui.js';
import {word} from './words.js';

/** {@code group} is the name in the choice; {@code pick} is told what was pressed. */
export const segments = (group, values, pick, disabled = () => '') => html`${values.map((value) => html`<button
  type="button" data-value=${value} aria-pressed=${chosen[group] === value} ?disabled=${Boolean(disabled(value))}
  title=${disabled(value)} @click=${() => pick(value)}>${word(`${group}.${value}`)}</button>`)}`;

/** The same as a list to pick from. */
export const options = (group, values) => values.map((value) => html`<option value=${value}
  .selected=${chosen[group] === value}>${word(`${group}.${value}`)}</option>`);
