/** What the answer to the hit did not tell: of slots that came later, and where nothing is counted. */
import {NAME, busuanzi, mend} from './names.js';

const {inside} = window.luot;
const {ask, keyOf, learn, learnPage} = inside;

let view;
let asked;

async function read(source, paths) {
  if (source === 'counters') learn(await ask(source), '');
  else if (source === 'group') learn(await ask(source), 'group-');
  else if (source === 'rating') learnPage(null, {rating: await ask(source)});
  else {
    const query = 'pages?path=' + paths.map(encodeURIComponent).join('&path=');
    /* Too long an address for some proxies. */
    if (query.length > 4000 && paths[1]) {
      read(source, paths.splice(paths.length / 2)).catch(() => {});
      return read(source, paths);
    }
    const {pages} = await ask(query);
    if (Array.isArray(pages)) pages.forEach((values, index) => learnPage(paths[index], values));
  }
  inside.show();
}

/** Each once per view, and pages a hundred at a time. */
inside.read = (missing) => {
  if (view !== inside.view) asked = new Set();
  view = inside.view;
  const paths = [];
  let unknown;
  const unasked = (key) => !asked.has(key) && asked.add(key);
  for (const [name, page] of missing) {
    if (!NAME.test(name)) unknown = true;
    /* A part says first of which file. */
    else if (name === 'downloads') continue;
    else if (keyOf(name, page).includes('\n')) unasked('/' + page) && paths.push(page);
    else {
      const source = /^portal/.test(name) ? 'rating' : /^group/.test(name) ? 'group' : 'counters';
      if (unasked(source)) read(source).catch(() => {});
    }
  }
  while (paths.length) read('pages', paths.splice(0, 100)).catch(() => {});
  if (unknown && unasked(document.querySelectorAll('[data-luot],[data-luot-template],luot-number').length)) {
    mend();
    inside.show();
  }
};

const {draw} = inside;
inside.draw = () => {
  draw();
  busuanzi();
};
busuanzi();
