/** Which site this page belongs to and where its Luot answers: all of it read from the script tag. */

/* A module has none, and what jQuery inserts runs in a tag of its own. The server writes the file's configured name
   here. A chat-widget.js is not meant. */
const running = document.currentScript || 0;
export const script = running.src ? running : document.querySelector('[src*="/widget.js"],[src*="/@script@"]');

/**
 * Where the script came from, so that a public base path or another file name needs no setting. A page opened as
 * https://name:password@host/ has such a script, and to fetch such an address is refused. A page may call a variable
 * of its own URL.
 */
export const service = script.src.replace(/(\/\/)[^/]*@|[^/]*(\?.*)?$/g, '$1');

/** The query serves pages where only the address of an older counter's script could be changed. */
export const siteOf = (tag) => tag.dataset.site || (/[?&]site=([\w-]+)/.exec(tag.src) || [])[1];

/** The owner calls luot.hit() himself. */
export const manual = script.dataset.hit === 'manual';
