/* Making elements; text always stays text. */
export const find = (selector) => document.querySelector(selector);

/** An element with properties or attributes, and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** A bar as long as its share of the longest. */
export function bar(part, most) {
  const filled = make('span', {className: 'filled'});
  // Through the object model: the page's policy has no inline styles.
  filled.style.inlineSize = (most ? (100 * part) / most : 0) + '%';
  return make('span', {className: 'track', ariaHidden: 'true'}, filled);
}

/** Says something to who cannot see it happen. */
export function say(text) {
  find('#said').textContent = text;
}
