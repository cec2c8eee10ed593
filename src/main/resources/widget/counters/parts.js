/** Parts of the script that only some pages need are fetched by those pages only. */
import {script, service, siteOf} from './settings.js';

/* The server writes here the digest of the part that has all the others': it changes with each of them. */
const MORE = '@more@';

/** A part inherits what the page asks of scripts: the nonce, and integrity if the page pins this script. */
function load(name, integrity = MORE) {
  if (load[name]) return;
  load[name] = 1;
  let wait = 500;
  try {
    /* The digest in the address keeps a newer script from meeting an older part. */
    let source = `${service}luot-${name}.js?v=` + MORE.slice(7, 23);
    if (window.trustedTypes) {
      source = trustedTypes.createPolicy('luot-' + name, {createScriptURL: (url) => url}).createScriptURL(source);
    }
    const get = () =>
      document.head.append(
        Object.assign(document.createElement('script'), {
          src: source,
          nonce: script.nonce,
          crossOrigin: script.crossOrigin,
          integrity: script.integrity && integrity,
          /* Whoever is offline for a moment asks for it again, and ever more seldom. */
          onerror: () => setTimeout(get, (wait = Math.min(wait * 2, 60_000))),
        }),
      );
    get();
  } catch {}
}

export const more = () => load('more');

/** Where it is to be pinned, the part that knows its digest fetches it. */
export const part = (name) => load(script.integrity ? 'more' : name);

/** What the parts may use, and what they do in the place of this. */
export const inside = {
  script,
  load,
  site: siteOf(script),
  json: JSON.stringify,
  /* Why something is not shown. */
  said: [],
  moved: [],
  view: 0,
  /* Requests, by whose order a newer answer is known. */
  sent: 0,
  here: location,
  pathOf: ({pathname, search}) => pathname + search,
  draw() {},
  read: more,
  /* Whether a framework has taken over an element; that has to be looked at. */
  alive: more,
  /* Only who stays need tell that. */
  stay: () => setTimeout(more, 30_000),
};
