/* Starts the page: a key, then a site, then what is to be seen or set of it. */
import {choose, chooseSite, chosen, readChoice} from './choice.js';
import {askForKey, leave, reach, refusal} from './entry.js';
import {currentKey, shared} from './key.js';
import {find, html, render, say} from './ui.js';
import {hideViews, redrawViews, showView} from './views.js';
import {speak, word, writeWords} from './words.js';

let known = [];
let me = null;
let shown = '';

async function start() {
  if (!currentKey()) {
    askForKey(enter);
    return;
  }
  try {
    enter(await reach());
  } catch (problem) {
    // A refused key is forgotten below; with any other trouble it may still be good.
    if (problem.status !== 401) {
      askForKey(enter, refusal(problem));
    }
  }
}

function enter(reached) {
  ({me, sites: known} = reached);
  find('#shared').hidden = !shared;
  find('#leave').hidden = shared;
  find('#print').hidden = false;
  showChosen();
  find('#main').focus();
}

const chosenSite = () => known.find(({id}) => id === chosen.site) ?? known[0] ?? null;

/** The site the address names, or the first within reach. */
function showChosen() {
  const site = chosenSite();
  if (site && chosen.site && chosen.site !== site.id) {
    say(word('otherSite', {site: chosen.site}));
  }
  if (site && chosen.site !== site.id) {
    Object.assign(chosen, {site: site.id, page: '', prefix: ''});
    choose({});
  }
  drawSites();
  shown = showView(site, {...me, sites: known}, registered) ?? '';
  find('#no-sites').hidden = known.length > 0 || shown !== '';
}

function drawSites() {
  find('#site-choice').hidden = known.length === 0;
  render(known.map(({id, name}) => html`<option value=${id} .selected=${id === chosenSite()?.id}>${name}</option>`),
    find('#site'));
}

function registered(site) {
  known = [...known, site].sort((one, other) => (one.id < other.id ? -1 : 1));
  goTo(site.id);
}

const goTo = (site) => chooseSite(site, 'numbers');

function exit(message) {
  leave();
  [known, me] = [[], null];
  hideViews();
  redrawViews(null, '');
  drawSites();
  for (const id of ['#leave', '#print', '#no-sites', '#shared']) {
    find(id).hidden = true;
  }
  readChoice();
  askForKey(enter, message);
}

find('#site').addEventListener('change', ({target}) => {
  chooseSite(target.value, ['all', 'new'].includes(chosen.view) ? 'numbers' : chosen.view);
});
find('#leave').addEventListener('click', () => {
  exit('');
  say(word('left'));
});
find('#print').addEventListener('click', () => print());
document.addEventListener('luot:refused', () => exit(refusal({status: 401})));
document.addEventListener('luot:choice', ({detail: changed}) => changed.includes('view') && me && showChosen());
document.addEventListener('luot:site', ({detail: site}) => goTo(site));
document.addEventListener('luot:renamed', drawSites);
document.addEventListener('luot:language', () => me && redrawViews(chosenSite(), shown));
document.addEventListener('luot:deleted', ({detail: id}) => {
  known = known.filter((site) => site.id !== id);
  chooseSite('', me.everySite ? 'all' : 'numbers');
  say(word('deleted', {id}));
});
document.addEventListener('click', ({target}) => target.dataset?.language && speak(target.dataset.language));
addEventListener('hashchange', () => {
  readChoice();
  if (me) {
    showChosen();
  }
});

readChoice();
writeWords();
start();
