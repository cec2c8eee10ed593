/** When a page is seen. */

/** Once the page is there, but not later than a slow script elsewhere in it allows, nor than its reader leaves. */
export function whenRead(action) {
  let done;
  const once = () => done || action((done = true));
  addEventListener('DOMContentLoaded', once);
  addEventListener('pagehide', once);
  setTimeout(once, document.readyState === 'loading' && 2000);
}
