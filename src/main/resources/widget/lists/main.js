/** The part for lists of pages, most read or best rated, in the page's own template. */
const {inside} = window.luot;
const {ask, draw, format, script} = inside;

const hashed = script.dataset.routes === 'hash';

const known = new WeakSet();

/** Fills one copy of the template: a link's address, the title, and any number by its name. */
function item(template, page) {
  const copy = template.content.cloneNode(true);
  for (const link of copy.querySelectorAll('a[data-luot-item]')) {
    /* A path comes from whoever sent the hit: behind the origin it leads nowhere but to this site. What it has
       escaped stays as it is. An explicit id is not an address. */
    if (page.path.startsWith('/')) link.href = location.origin + (hashed ? '/#' : '') + encodeURI(page.path).replace(/%25/g, '%');
    else link.removeAttribute('href');
  }
  for (const element of copy.querySelectorAll('[data-luot-item]')) {
    const name = element.dataset.luotItem;
    const value = name === 'views' ? page.views : page.rating?.[name];
    if (name === 'title') element.textContent = page.title || page.path;
    else if (Number.isFinite(value)) element.textContent = format(value, element.dataset);
  }
  return copy;
}

async function write(list) {
  const template = list.querySelector('template');
  const {luotBy = 'views', luotPeriod = 'all', luotLimit = 10, luotPrefix = ''} = list.dataset;
  /* The front page and section pages lead every ranking: a list of articles asks for some more to skip them. */
  const limit = luotPrefix ? Math.min(100, luotLimit * 2 + 10) : luotLimit;
  const answer = await ask(`pages/top?by=${luotBy}&period=${luotPeriod}&limit=${limit}`);
  const pages = answer.pages.filter((page) => page.path.startsWith(luotPrefix)).slice(0, luotLimit);
  if (!pages.length) return;
  list.textContent = '';
  list.append(template, ...pages.map((page) => item(template, page)));
}

/** Each list is asked for once; what the server rendered stays until there is something to show. */
inside.draw = () => {
  draw();
  if (!inside.reads) return;
  for (const list of document.querySelectorAll('[data-luot=top]')) {
    if (known.has(list) || !inside.safe(list)) continue;
    known.add(list);
    write(list).catch(() => {});
  }
};
inside.show();
