/* Everything there is to see of one site. */
import * as devices from './cards/devices.js';
import * as pages from './cards/pages.js';
import * as ratings from './cards/ratings.js';
import * as referrers from './cards/referrers.js';
import * as series from './cards/series.js';
import * as status from './cards/status.js';
import * as tiles from './cards/tiles.js';
import {chosen} from './choice.js';
import {what} from './definitions.js';
import {find, render} from './ui.js';
import {exportOf} from './export.js';
import {drawRange} from './range.js';
import {word} from './words.js';

/** Cards that follow the period. */
const OF_PERIOD = [series, pages, referrers, devices];

let site = null;

/** Shows a site as {@code GET /admin/v1/sites} lists it. */
export function showSite(which, me) {
  hideBoard();
  site = which;
  find('#board').hidden = false;
  exportOf(site);
  drawRange(site.timeZone);
  draw();
  tiles.watch(site);
  if (me.may('reader')) {
    status.watch();
  }
  [...OF_PERIOD, ratings].forEach((card) => card.load(site));
}

/** Leaves nothing behind that a next reader might see. */
export function hideBoard() {
  site = null;
  tiles.stop();
  status.stop();
  [...OF_PERIOD, ratings].forEach((card) => card.clear());
  find('#board').hidden = true;
}

function draw() {
  if (site) {
    find('#site-name').textContent = site.name;
    find('#zone').textContent = word('zone', {zone: site.timeZone});
    document.querySelectorAll('[data-what]').forEach((place) =>
      render(what(place.dataset.what || chosen.metric, site), place));
  }
}

document.addEventListener('luot:language', draw);
document.addEventListener('luot:choice', ({detail: changed}) => {
  if (!site || chosen.site !== site.id || changed.includes('view')) {
    return;
  }
  draw();
  const of = (...names) => changed.some((name) => names.includes(name));
  if (of('period', 'from', 'to')) {
    OF_PERIOD.forEach((card) => card.load(site));
    return;
  }
  if (of('page', 'metric', 'interval', 'compare', 'since')) {
    series.load(site);
  }
  if (of('page')) {
    ratings.load(site);
  }
  if (of('list', 'prefix')) {
    pages.load(site);
  }
});
