/* Starts the page: a key, then a site, then its numbers. */
import {hideBoard, showSite} from './board.js';
import {choose, chosen, readChoice} from './choice.js';
import {find, html, render, say} from './ui.js';
import {askForKey, leave, refusal, sites} from './entry.js';
import {currentKey} from './key.js';
import {speak, word, writeWords} from './words.js';

let known = [];

async function start() {
  if (!currentKey()) {
    askForKey(enter);
    return;
  }
  try {
    enter(await sites());
  } catch (problem) {
    // A refused key is forgotten below; with any other trouble it may still be good.
    if (problem.status !== 401) {
      askForKey(enter, refusal(problem));
    }
  }
}

function enter(found) {
  known = found;
  find('#leave').hidden = find('#print').hidden = false;
  find('#no-sites').hidden = known.length > 0;
  find('#site-choice').hidden = known.length === 0;
  drawSites();
  if (known.length) {
    showChosen();
    find('#main').focus();
  }
}

const drawSites = () =>
  render(known.map(({id, name}) => html`<option value=${id}>${name}</option>`), find('#site'));

/** The site the address names, or the first within reach. */
function showChosen() {
  const site = known.find(({id}) => id === chosen.site) ?? known[0];
  if (chosen.site && chosen.site !== site.id) {
    say(word('otherSite', {site: chosen.site}));
  }
  if (chosen.site !== site.id) {
    choose({site: site.id});
  }
  find('#site').value = site.id;
  showSite(site);
}

function exit(message) {
  leave();
  known = [];
  hideBoard();
  drawSites();
  for (const id of ['#leave', '#print', '#site-choice', '#no-sites']) {
    find(id).hidden = true;
  }
  readChoice();
  askForKey(enter, message);
}

find('#site').addEventListener('change', ({target}) => {
  choose({site: target.value});
  showChosen();
});
find('#leave').addEventListener('click', () => {
  exit('');
  say(word('left'));
});
find('#print').addEventListener('click', () => print());
document.addEventListener('luot:refused', () => exit(word('keyRefused')));
document.addEventListener('click', ({target}) => target.dataset?.language && speak(target.dataset.language));
addEventListener('hashchange', () => {
  readChoice();
  if (known.length) {
    showChosen();
  }
});

readChoice();
writeWords();
start();
