/** The rating control is fetched only by pages that have one. */
import {script} from './settings.js';

/* Replaced by the server: the control's file name, which carries a digest of its content, and its integrity. */
const FILE = '@rating.file@';
const INTEGRITY = '@rating.integrity@';

const HOSTS = 'luot-rating,[data-luot=rating],[data-luot=portal-rating],#stringrating,.hover-star';

let loaded;

/** Inherits what the page's policy asks of scripts: the nonce, and integrity if the page pins this script. */
export function loadControl() {
  if (loaded || !document.querySelector(HOSTS)) return;
  loaded = document.createElement('script');
  loaded.src = new URL(FILE, script.src);
  loaded.nonce = script.nonce;
  if (script.integrity) {
    loaded.crossOrigin = 'anonymous';
    loaded.integrity = INTEGRITY;
  }
  document.head.append(loaded);
}
