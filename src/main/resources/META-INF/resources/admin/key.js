/* The key: for as long as this tab is open, and in no address. */

/** Whether this is what a shared link opens: a page of its own, which knows nothing of an owner's key. */
export const shared = location.search === '?shared';

const KEPT = shared ? 'luot.link' : 'luot.key';

let key = null;
key = (shared && taken()) || read();

function read() {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null; // Storage is switched off: the key is asked for again after a reload.
  }
}

/** The key of a link, out of the address at once: that is printed, bookmarked and looked at by others. */
function taken() {
  const named = new URLSearchParams(location.hash.slice(1));
  const link = named.get('key');
  if (link) {
    named.delete('key');
    history.replaceState(null, '', location.pathname + location.search + '#' + named);
    keepKey(link);
  }
  return link;
}

export const currentKey = () => key;

export function keepKey(accepted) {
  key = accepted;
  try {
    sessionStorage.setItem(KEPT, accepted);
  } catch {
    // As above.
  }
}

export function forgetKey() {
  key = null;
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // It was never there.
  }
}

/** Another link in the same tab. */
if (shared) {
  addEventListener('hashchange', () => taken() && location.reload());
}
