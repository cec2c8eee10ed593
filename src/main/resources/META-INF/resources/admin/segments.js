/* A choice of a few, as buttons of which one is pressed. */
import {chosen} from './choice.js';
import {find, make} from './dom.js';
import {word} from './words.js';

/** {@code group} is the name in the choice; {@code pick} is told what was pressed. Returns how to draw it. */
export function segments(group, values, pick) {
  const place = find(`[data-choose=${group}]`);

  function draw() {
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.value : null;
    place.replaceChildren(...values.map((value) => make('button', {
      type: 'button',
      textContent: word(`${group}.${value}`),
      'data-value': value,
      ariaPressed: String(chosen[group] === value),
      onclick: () => pick(value),
    })));
    place.querySelector(`[data-value="${focused}"]`)?.focus();
  }

  return draw;
}
