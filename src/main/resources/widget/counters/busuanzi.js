/** Pages made for busuanzi name their slots by id, in two generations, inside containers that start hidden. */

/* Luot keeps no visitors of all time: visits stand for them. A page's visitors are not known, so
   such a container stays hidden, as it does under busuanzi while there is no answer. */
const NAMES = {site_pv: 'views-total', site_uv: 'visits-total', page_pv: 'page-views'};

export function* busuanzi() {
  for (const key in NAMES) {
    for (const prefix of ['busuanzi_', 'busuanzi_value_']) {
      const element = document.getElementById(prefix + key);
      if (element) yield [element, NAMES[key]];
    }
  }
}

export function reveal(element) {
  const key = /^busuanzi_(?:value_)?(.+)/.exec(element.id);
  const container = key && document.getElementById('busuanzi_container_' + key[1]);
  if (container) container.style.display = 'inline';
}
