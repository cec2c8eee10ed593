/** Lists of pages: most read or best rated, written by the page's own template. */
import {format} from './format.js';
import {ask} from './requests.js';

const known = new Set();

/** Fills one copy of the template: a link's address, the title, and any number by its name. */
function item(template, page) {
  const copy = template.content.cloneNode(true);
  for (const link of copy.querySelectorAll('a[data-luot-item]')) {
    const url = new URL(encodeURI(page.path), location.origin);
    /* A path comes from whoever sent the hit: it may lead nowhere but to this site. */
    if (url.origin === location.origin) link.href = url;
  }
  for (const element of copy.querySelectorAll('[data-luot-item]')) {
    const name = element.dataset.luotItem;
    const value = name === 'views' ? page.views : page.rating?.[name];
    if (name === 'title') element.textContent = page.title || page.path;
    else if (Number.isFinite(value)) element.textContent = format(value, element.dataset);
  }
  return copy;
}

async function write(list) {
  const template = list.querySelector('template');
  const {luotBy = 'views', luotPeriod = 'all', luotLimit = 10} = list.dataset;
  const answer = await ask(`pages/top?by=${luotBy}&period=${luotPeriod}&limit=${luotLimit}`);
  if (template && answer.pages?.length) {
    list.replaceChildren(template, ...answer.pages.map((page) => item(template, page)));
  }
}

/** Each list is asked for once; what the server rendered stays until there is something to show. */
export function fillLists() {
  for (const list of document.querySelectorAll('[data-luot=top]')) {
    if (known.has(list)) continue;
    known.add(list);
    write(list).catch(() => {});
  }
}
