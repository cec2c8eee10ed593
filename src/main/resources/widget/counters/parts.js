/** Parts of the script that only some pages need are fetched by those pages only. */
import {script} from './settings.js';

/* Replaced by the server: each part's file name, which carries a digest of its content, and its integrity. */
const PARTS = [
  ['[data-luot=top]', '@lists.file@', '@lists.integrity@'],
  [
    'luot-rating,[data-luot=rating],[data-luot=portal-rating],#stringrating,.hover-star',
    '@rating.file@',
    '@rating.integrity@',
  ],
  ['#stringrating,.hover-star', '@nukeviet.file@', '@nukeviet.integrity@'],
];

/** A part inherits what the page asks of scripts: the nonce, and integrity if the page pins this script. */
function load(file, integrity) {
  const part = document.createElement('script');
  part.src = new URL(file, script.src);
  part.nonce = script.nonce;
  /* In this order: the last part builds on the one before it. */
  part.async = false;
  if (script.integrity) {
    part.crossOrigin = 'anonymous';
    part.integrity = integrity;
  }
  document.head.append(part);
}

/** Fetches each part once, as soon as the page has an element for it. */
export function loadParts() {
  PARTS.forEach(([hosts, file, integrity], index) => {
    if (!file || !document.querySelector(hosts)) return;
    PARTS[index][1] = '';
    load(file, integrity);
  });
}
