/** Which page is being read. */
import {inside} from './parts.js';
import {script} from './settings.js';

export const address = () => inside.pathOf(inside.here);

/** The path of an address on this host; of no address, and of one elsewhere, what `otherwise` says. */
export function pageOf(text, otherwise = text) {
  if (!/[/?]|\.(html?|php|aspx?)$/i.test(text)) return text;
  const {host, pathname, search} = Object.assign(document.createElement('a'), {href: text});
  /* An address within an address is a template's mistake. */
  return host === inside.here.host && !/:\//.test(pathname) ? pathname + search : otherwise;
}

/** The page's explicit id, else its canonical path on this host. */
export function declared() {
  return pageOf(script.dataset.page || (document.querySelector('[rel=canonical]') || '').href || '', '');
}

/** What it declares, else its path. */
inside.current = () => declared() || address();
