/** The part for files: counts clicks on their links, and says which file a slot of downloads is about. */
const {inside} = window.luot;
const {ask, draw, learnPage, pageOf} = inside;

const LINK = 'a[data-luot-download]';
const SLOTS = '[data-luot$=downloads],luot-number[name$=downloads],[data-luot-template*="downloads}"],[data-luot-template*="downloads]"]';

/** What the link says, else where it leads. */
const fileOf = (link) => pageOf(link.dataset.luotDownload || link.href);

/** Under this name the service tells a file's downloads, as it tells a page's views under the page's. */
const keyOf = (file) => '~download:' + file;

/** A middle click opens the file too. The page may be left at once: the request is kept alive. */
async function clicked({button, target}) {
  const link = target.closest && target.closest(LINK);
  if (!link || button > 1 || inside.silent) return;
  const download = fileOf(link);
  const sent = ++inside.sent;
  const {page} = await ask('hits', {download}, 'POST');
  learnPage(keyOf(download), page, sent);
  inside.show();
}

/** Which file a slot itself names; its attribute has the key of the file since. */
const said = new WeakMap();

/**
 * Slots are about the file they name, else that of the link around them, else the page's own. Looked at again each
 * time, since frameworks use elements again for another file. Whether it is another one.
 */
function name(element) {
  const {luot, luotTemplate, luotPage = ''} = element.dataset;
  const own = luotPage.replace('~download:', '');
  if (own === luotPage || !said.has(element)) said.set(element, own);
  const of = said.get(element) || element.getAttribute('page');
  const link = element.closest(LINK);
  const key = keyOf(of ? pageOf(of) : link ? fileOf(link) : inside.page);
  const attribute = luotTemplate ? 'data-luot-template' : luot ? 'data-luot' : 'name';
  const before = element.getAttribute(attribute);
  const full = key + '\ndownloads';
  const after = before.replace(/(^|[{[])(~download:.*\n)?downloads(?=[}\]]|$)/g, (_, brace) => brace + full);
  if (after === before) return;
  element.setAttribute(attribute, after);
  return (element.dataset.luotPage = key);
}

inside.draw = () => {
  draw();
  if ([...document.querySelectorAll(SLOTS)].filter(name)[0]) inside.show();
};
new MutationObserver(() => inside.show()).observe(document, {
  subtree: true,
  attributeFilter: ['href', 'data-luot-download', 'data-luot-page'],
});
addEventListener('click', clicked, true);
addEventListener('auxclick', clicked, true);
inside.show();
