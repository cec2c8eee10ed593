/** Pages on which something has to be known before the first view is counted. */
const {inside} = window.luot;

/* A reload may bring back the scroll position by itself. */
const ATTENTION = ['mousedown', 'mousemove', 'keydown', 'wheel', 'touchstart'];

/** Old libraries replace JSON, or teach strings to write themselves. */
function json(value) {
  if (typeof value === 'string') {
    const escaped = (c) => '\\u' + ('000' + c.charCodeAt(0).toString(16)).slice(-4);
    return '"' + value.replace(/["\\\x00-\x1f]/g, escaped) + '"';
  }
  if (Array.isArray(value)) return '[' + value.map(json) + ']';
  if (typeof value !== 'object' || !value) return String(value ?? null);
  const filled = Object.keys(value).filter((key) => value[key] !== undefined);
  return '{' + filled.map((key) => json(key) + ':' + json(value[key])) + '}';
}

/** Plugins insert a tag again without its data; the one they took it from still carries them. */
function lostSite() {
  const file = new URL(inside.script.src).pathname.split('/').pop();
  const tags = [...document.querySelectorAll('[data-site]')];
  return tags.find((tag) => tag.cloneNode().outerHTML.includes(file))?.dataset.site;
}

/** Whether this is the same page once more, and nobody has asked for it. */
function renewed() {
  return (
    document.querySelector('meta[http-equiv=refresh]') &&
    (performance.navigation?.type === 1 || document.referrer === location.href)
  );
}

export function begin() {
  inside.json = json;
  inside.site = inside.site || lostSite();
  if (!inside.site) return inside.said.push(['no-site']);
  /* A frame without an address of its own has that of the page around it. */
  if (!/^http/.test(location.protocol)) inside.here = new URL(document.baseURI);
  if (!/^http/.test(inside.here.protocol)) return inside.said.push(['disk']);
  if (renewed()) {
    inside.silent = true;
    const attended = ({movementX, movementY}) => {
      /* A browser tells a new page where the pointer rests. */
      if (movementX === 0 && movementY === 0) return;
      ATTENTION.forEach((kind) => removeEventListener(kind, attended, true));
      inside.silent = false;
      window.luot.hit();
    };
    ATTENTION.forEach((kind) => addEventListener(kind, attended, {passive: true, capture: true}));
  }
  inside.start();
}
