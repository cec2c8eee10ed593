/** The places of a page that show a number. */
import {format} from './format.js';
import {inside} from './parts.js';
import {number} from './numbers.js';
import {pageOf} from './page.js';

const SLOTS = '[data-luot],[data-luot-template],luot-number,luot-rating,#stringrating';

/** What a framework rendered on a server it expects to find again when it comes to life. */
const RENDERED = 'luot-number,[id^=__],#root,#app,[ngh],[ngb]';

/** Whether no framework misses what was here before; Next renders all of a document. */
inside.safe = (element) => !(window.__next_f || element.closest(RENDERED)) || inside.alive(element);

/* The second spelling is for templates of engines that take braces for their own. */
const BRACES = /\{([^{}]*)\}/g;
const BRACKETS = /\[([^[\]]*)\]/g;

/** What this script wrote into an element, and what was there before. */
const written = new WeakMap();

/** Calls `slot(element, template, page)` for each; a plain slot is a template of one number, and so is a control. */
function eachSlot(current, slot) {
  for (const element of document.querySelectorAll(SLOTS)) {
    const {luot, luotTemplate, luotPage} = element.dataset;
    const attribute = (name) => element.getAttribute(name);
    const name = luot == null ? attribute('name') || (attribute('portal') == null ? 'rating' : 'portal-rating') : luot;
    const control = !luotTemplate && /^(portal-)?rating$/.test(name);
    const of = luotPage || attribute('page');
    /* A list is filled by a part of its own. */
    if (luot !== 'top') slot(element, luotTemplate || `{${control ? name + '-sum' : name}}`, of ? pageOf(of) : current, control);
  }
}

/** Only the number's own text: an icon beside it stays, and so do the nodes that a framework knows. */
function write(element, text, before) {
  if (element.say) return element.say(text);
  if (!before.node || before.node.parentNode !== element) {
    /* A sentence is the whole of it; fonts are a translator's, with an older number. */
    if (element.dataset.luotTemplate || element.querySelector('font')) element.textContent = element.textContent;
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3);
    before.node = texts.find((node) => /\d/.test(node.data)) || texts.find((node) => /\S/.test(node.data)) || texts[0] || element.appendChild(new Text());
    before.own = before.own || before.node.data;
  }
  before.node.data = (/^\s/.test(before.own) ? ' ' : '') + text;
}

/**
 * Writes what is known and tells of every number on the page: `each(name, page, value)`. A slot is written whole
 * or not at all; until then, and again when another page's number is wanted, the page's own text stays. It is
 * written when its number or the view changes, not when somebody else has written: translators do. Who brings back
 * the page's own text, as libraries do that compare a page with its server's, is answered some times.
 */
export function fill(current, each) {
  eachSlot(current, (element, template, page, control) => {
    let missing = control;
    const text = template.replace(template.includes('{') ? BRACES : BRACKETS, (_, name) => {
      const value = number(name, page);
      each(name, page, value);
      if (value === undefined) missing = true;
      return missing || format(value, element.dataset);
    });
    const before = written.get(element) || {whole: element.textContent, again: 99};
    const state = inside.view + page + text;
    if (text === template || (before.state === state && !(before.whole === element.textContent && before.again-- > 0))) return;
    if (!missing) {
      if (!inside.safe(element)) return;
      before.state = state;
      before.page = page;
      written.set(element, before);
      write(element, text, before);
    } else if (before.page && before.page !== page) {
      write(element, before.own, before);
      before.page = 0;
    }
  });
}
