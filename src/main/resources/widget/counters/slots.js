/** The places of a page that show a number. */
import {format} from './format.js';
import {number, source} from './numbers.js';
import {busuanzi, reveal} from './busuanzi.js';

const CONTROLS = /^((portal-)?rating|top)$/;
const PLACEHOLDER = /\{([a-z-]+)\}/g;

/** Every slot as [element, template, page]; a plain slot is a template of one number. */
function* slots(current) {
  for (const element of document.querySelectorAll('[data-luot],[data-luot-template]')) {
    const {luot, luotTemplate, luotPage} = element.dataset;
    if (luotTemplate == null && CONTROLS.test(luot)) continue;
    yield [element, luotTemplate ?? '{' + luot + '}', luotPage || current];
  }
  for (const [element, name] of busuanzi()) yield [element, '{' + name + '}', current];
}

/**
 * Writes what is known and tells what is missing: `missing(source, page)` for each unknown number.
 * A slot is written whole or not at all, and only if it changes: until then the page's own text stays.
 */
export function fill(current, missing) {
  for (const [element, template, page] of slots(current)) {
    let whole = true;
    const text = template.replace(PLACEHOLDER, (_, name) => {
      const value = number(name, page);
      if (value !== undefined) return format(value, element.dataset);
      whole = false;
      missing(source(name), page);
    });
    if (!whole) continue;
    if (element.textContent !== text) element.textContent = text;
    reveal(element);
  }
}
