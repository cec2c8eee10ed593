/** Single-page sites: another address is another page. */
const {inside} = window.luot;
const {declared, titles} = inside;

const address = () => inside.pathOf(inside.here);

let lastAddress = inside.first;
/* If the first page did not declare itself, this is nothing that it could declare. */
let lastDeclared = inside.page;
let last = inside.first;
let {length} = inside;
let timer;

/** Where the script says so, what follows `#/` is the path. */
if (inside.script.dataset.routes === 'hash') {
  inside.pathOf = ({pathname, search, hash}) => {
    const route = /^#!?(\/.*)/.exec(hash);
    return route ? pathname.replace(/\/$/, '') + route[1] : pathname + search;
  };
}

/**
 * A site may change its address and leave the declaration behind: one that has not changed with the address is
 * stale.
 */
inside.current = () => {
  const now = address();
  const says = declared();
  if (now !== lastAddress && says === lastDeclared) return now;
  lastAddress = now;
  lastDeclared = says;
  return says || now;
};

/** Titles that are still those of the page before name nothing. */
function count() {
  clearTimeout(timer);
  timer = 0;
  const before = inside.titled || [];
  inside.titled = titles();
  const title = inside.titled.find((text, index) => text && text !== before[index]);
  window.luot.hit({title: title || ''});
}

/** A redirect follows at once, and the page's title a little later: count what it has become. */
function settle(tries) {
  if (tries && inside.titled && document.title === inside.titled[1]) timer = setTimeout(settle, 100, tries - 1);
  else count();
}

function look(event) {
  const now = address();
  last = last ?? now;
  const replaced = event.navigationType ? event.navigationType === 'replace' : !event.type && length === history.length;
  /* Replacing only the query is how pages remember a filter or a scroll position: not another page. */
  const same = replaced && now.split('?')[0] === last.split('?')[0];
  const changed = now !== last && !same;
  last = now;
  length = history.length;
  if (!changed) return;
  inside.page = inside.current();
  inside.view++;
  inside.reads = 0;
  inside.show();
  clearTimeout(timer);
  timer = setTimeout(settle, 100, 9);
}

if (inside.script.dataset.hit !== 'manual') {
  inside.moved.forEach(look);
  /* From now on each event comes here, and so does the way back to the first address. */
  inside.moved = {push: look};
  Object.defineProperty(inside, 'first', {get: () => ({}), set: (at) => (last = at)});
  addEventListener('popstate', look);
  addEventListener('hashchange', look);
  addEventListener('pagehide', () => timer && count());
  /* Without the Navigation API only this tells of a push after a step back, which leaves the length as it was. */
  if (!(window.navigation || 0).currentEntry) {
    const {pushState} = history;
    history.pushState = function () {
      pushState.apply(this, arguments);
      try {
        look({navigationType: 'push'});
      } catch {}
    };
  }
}
