/** Which page is being read. */
import {script} from './settings.js';

let lastAddress;
let lastDeclared;

export const address = () => location.pathname + location.search;

function canonical() {
  const link = document.querySelector('link[rel=canonical]');
  if (!link) return;
  const url = new URL(link.href, location.href);
  /* A canonical address elsewhere is another site's page, not this one. */
  if (url.host === location.host) return url.pathname + url.search;
}

/**
 * The page's explicit id, else its canonical path on this host, else its path. A single-page site may
 * change its address and leave the declaration behind: one that has not changed with the address is stale.
 */
export function currentPage() {
  const here = address();
  const declared = script.dataset.page || canonical();
  if (here !== lastAddress && declared === lastDeclared) return here;
  lastAddress = here;
  lastDeclared = declared;
  return declared || here;
}
