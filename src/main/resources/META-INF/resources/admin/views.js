/* Which part of the page is shown: all sites, or one site's numbers, moderation or settings. */
import {hideBoard, showSite} from './board.js';
import {choose, chosen} from './choice.js';
import * as quarantine from './moderation/quarantine.js';
import * as refused from './moderation/refused.js';
import * as shown from './moderation/shown.js';
import * as votes from './moderation/votes.js';
import * as balances from './setup/balances.js';
import * as deletion from './setup/deletion.js';
import * as guide from './setup/guide.js';
import * as imports from './setup/imports.js';
import * as keys from './setup/keys.js';
import {linksOfAll, linksOfSite} from './setup/links.js';
import * as mails from './setup/mails.js';
import * as report from './report.js';
import * as newSite from './setup/new-site.js';
import * as settings from './setup/settings.js';
import * as sites from './sites.js';
import {find, html, render} from './ui.js';
import {word} from './words.js';

/** What each part of the page loads, and the least role that has a use for it. */
const VIEWS = {
  all: {role: 'viewer', parts: [sites, linksOfAll]},
  new: {role: 'operator', parts: [newSite]},
  numbers: {role: 'viewer', parts: [guide]},
  report: {role: 'viewer', parts: [report], place: 'report-view'},
  moderation: {role: 'editor', parts: [votes, shown, quarantine, refused]},
  settings: {role: 'editor', parts: [balances, imports, settings, linksOfSite, mails, keys, deletion]},
};

/** Parts of a view that not everybody may use who may see the view. */
const NEEDED = new Map([[guide, 'reader'], [linksOfAll, 'operator'], [keys, 'operator'], [deletion, 'operator']]);

const placeOf = (view) => find('#' + (VIEWS[view].place ?? view));

let me = null;

/** Of one site only, where there is one; a new one and all of them only for keys that reach every site. */
function offered(sitesKnown) {
  return Object.keys(VIEWS).filter((view) => me?.may(VIEWS[view].role)
    && (view !== 'new' || me.everySite)
    && (view !== 'all' || me.many)
    && (['all', 'new'].includes(view) || sitesKnown));
}

/** Shows the view that is chosen, or the first that may be. {@code site} is null where there is none. */
export function showView(site, who, registered) {
  hideViews();
  me = who;
  const may = offered(Boolean(site));
  const view = may.includes(chosen.view) ? chosen.view : may.find((name) => name === 'numbers') ?? may.at(-1);
  drawViews(may, view);
  if (view === 'numbers') {
    showSite(site, me);
  } else if (view) {
    placeOf(view).hidden = false;
    if (view === 'new') {
      newSite.open(registered);
    }
  }
  document.querySelectorAll('.of-site').forEach((place) => { place.textContent = site?.name ?? ''; });
  for (const part of VIEWS[view]?.parts ?? []) {
    if (me.may(NEEDED.get(part) ?? 'viewer')) {
      part.load(site, me);
    }
  }
  document.querySelectorAll('[data-role]').forEach((place) => { place.hidden = !me.may(place.dataset.role); });
  return view;
}

/** Leaves nothing behind that a next reader might see. */
export function hideViews() {
  hideBoard();
  Object.values(VIEWS).flatMap(({parts}) => parts).forEach((part) => part.clear());
  for (const view of Object.keys(VIEWS)) {
    if (view !== 'numbers') {
      placeOf(view).hidden = true;
    }
  }
  me = null;
}

const drawViews = (may, current) => render(may.length < 2 ? '' : may.map((view) => html`<button type="button"
  data-view=${view} aria-pressed=${view === current} @click=${() => choose({view})}>${word('view.' + view)}</button>`),
find('#views'));

export const redrawViews = (site, view) => drawViews(offered(Boolean(site)), view);
