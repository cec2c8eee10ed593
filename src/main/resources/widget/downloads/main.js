/** The part for files: counts clicks on their links, and says which file a slot of downloads is about. */
const {inside} = window.luot;
const {ask, draw, learnPage, pageOf} = inside;

const LINK = 'a[data-luot-download]';
const SLOTS = '[data-luot=downloads],luot-number[name=downloads],[data-luot-template*="{downloads}"],[data-luot-template*="[downloads]"]';

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

/** Slots are about the file they name, else that of the link around them, else the page's own. */
function name(element) {
  const {luot, luotTemplate, luotPage} = element.dataset;
  const link = element.closest(LINK);
  const of = luotPage || element.getAttribute('page');
  const key = keyOf(of ? pageOf(of) : link ? fileOf(link) : inside.page);
  const full = key + '\ndownloads';
  if (luot) element.dataset.luot = full;
  else if (!luotTemplate) element.setAttribute('name', full);
  if (luotTemplate) element.dataset.luotTemplate = luotTemplate.replace(/([{[])downloads(?=[}\]])/g, (_, brace) => brace + full);
  element.dataset.luotPage = key;
}

inside.draw = () => {
  draw();
  const slots = document.querySelectorAll(SLOTS);
  slots.forEach(name);
  if (slots.length) inside.show();
};
addEventListener('click', clicked, true);
addEventListener('auxclick', clicked, true);
inside.show();
