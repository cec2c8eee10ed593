/** Parts of the script that only some pages need are fetched by those pages only. */
import {script} from './settings.js';

/* What a page must have, the part's name, and its integrity, which the server writes here. */
const PARTS = [
  ['[data-luot=top]', 'lists', '@lists@'],
  ['luot-rating,[data-luot=rating],[data-luot=portal-rating],#stringrating,.hover-star', 'rating', '@rating@'],
  ['#stringrating,.hover-star', 'nukeviet', '@nukeviet@'],
];

const loaded = {};

/** A part inherits what the page asks of scripts: the nonce, and integrity if the page pins this script. */
function load(name, integrity) {
  const part = document.createElement('script');
  /* The digest in the address keeps a newer script from meeting an older part. */
  part.src = new URL(`luot-${name}.js?v=` + integrity.slice(7, 23), script.src);
  part.nonce = script.nonce;
  /* In this order: the last part builds on the one before it. */
  part.async = false;
  if (script.integrity) {
    part.crossOrigin = 'anonymous';
    part.integrity = integrity;
  }
  document.head.append(part);
  loaded[name] = true;
}

/** Fetches each part once, as soon as the page has an element for it. */
export function loadParts() {
  for (const [hosts, name, integrity] of PARTS) {
    if (!loaded[name] && document.querySelector(hosts)) load(name, integrity);
  }
}
