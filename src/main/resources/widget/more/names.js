/** Names of numbers: near misses, and pages made for busuanzi. */
const {inside} = window.luot;

export const NAME =
  /^(online|downloads|~download:[^]*|(view|visit)s-(today|yesterday|week|month|year|total)|visitors-(today|yesterday|month)|(page-)?views|group-(sites|online|views-(today|yesterday|month|total))|(portal-)?(rating-)?(count|sum|average))$/;

/* Luot keeps no visitors of all time: visits stand for them. A page's visitors are not known, so
   such a container stays hidden, as it does under busuanzi while there is no answer. */
const BUSUANZI = {site_pv: 'views-total', site_uv: 'visits-total', page_pv: 'page-views'};

/* In two generations. */
const ids = [].concat(...Object.keys(BUSUANZI).map((key) => [[key, 'busuanzi_' + key], [key, 'busuanzi_value_' + key]]));

/** What is written another way but can mean only one name is taken for it. */
const nameOf = (text) =>
  text
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/[\s_]+|([a-z])(?=[A-Z])/g, '$1-')
    .toLowerCase();

function mended(text) {
  if (NAME.test(text)) return text;
  const name = nameOf(text);
  if (NAME.test(name)) return name;
  inside.said.push(['slot', text]);
  return text;
}

/** Called when a name is not known; a slot whose name stays unknown keeps the page's own text. */
export function mend() {
  for (const {dataset} of document.querySelectorAll('[data-luot],[data-luot-template]')) {
    const {luot, luotTemplate} = dataset;
    if (luotTemplate) {
      const template = luotTemplate.replace(/\{([^{}]*)\}/g, (_, name) => '{' + mended(name) + '}');
      if (template !== luotTemplate) dataset.luotTemplate = template;
    } else if (!/^((portal-)?rating|top)$/.test(luot) && mended(luot) !== luot) dataset.luot = mended(luot);
  }
  for (const element of document.querySelectorAll('luot-number')) {
    const name = element.getAttribute('name') || '';
    if (mended(name) !== name) element.setAttribute('name', mended(name));
  }
}

/** Their slots are named by id, inside containers that start hidden. */
export function busuanzi() {
  for (const [key, id] of ids) {
    const element = document.getElementById(id);
    const container = document.getElementById('busuanzi_container_' + key);
    if (!element) continue;
    if (!element.dataset.luot) element.dataset.luot = BUSUANZI[key];
    if (container && /\d/.test(element.textContent)) container.style.display = 'inline';
  }
}
