/* What the parts of the page are drawn with. Templates write text as text, whatever it contains. */
import {html, nothing, render} from './lit/lit-html.js';

export {html, nothing, render};

export const find = (selector) => document.querySelector(selector);

/** A bar as long as its share of the longest; drawn, since the page's policy has no inline styles. */
export const bar = (part, most) => html`<svg class="track" viewBox="0 0 100 1" preserveAspectRatio="none"
  aria-hidden="true"><rect class="filled" width=${most ? (100 * part) / most : 0} height="1"></rect></svg>`;

/** Says something to who cannot see it happen. */
export function say(text) {
  find('#said').textContent = text;
}
