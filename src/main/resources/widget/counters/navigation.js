/** When a page is seen: on loading, on coming back to it, and when a single-page site changes its address. */
import {address} from './page.js';

/** At once when visible; a page in the background or being prerendered is seen when it is shown. */
export function whenSeen(action) {
  if (document.hidden) document.addEventListener('visibilitychange', action, {once: true});
  else action();
}

function watch(method, moved) {
  const original = history[method];
  history[method] = function (...args) {
    original.apply(this, args);
    moved(method);
  };
}

/** Calls `seen` for each further page: restored from the back-forward cache or reached by history. */
export function onNextPage(seen) {
  let last = address();
  let timer;
  addEventListener('pageshow', (event) => event.persisted && seen());
  const moved = (method) => {
    const now = address();
    /* Replacing only the query is how pages remember a filter or a scroll position: not another page. */
    const same = method === 'replaceState' && now.split('?')[0] === last.split('?')[0];
    const changed = now !== last && !same;
    last = now;
    if (!changed) return;
    /* A redirect follows at once, and the page's title a little later: count what it has become. */
    clearTimeout(timer);
    timer = setTimeout(seen, 100);
  };
  watch('pushState', moved);
  watch('replaceState', moved);
  addEventListener('popstate', moved);
}
