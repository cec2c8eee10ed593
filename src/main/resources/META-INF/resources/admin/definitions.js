/* What each number means, by the rules of the site. */
import {html} from './ui.js';
import {number} from './format.js';
import {word} from './words.js';

export const DEFINED = ['online', 'views', 'visits', 'visitors', 'votes', 'bots', 'downloads', 'total'];

/** The meaning of a number, in a sentence or two. */
export const meaning = (name, site) => word('def.' + name, {
  minutes: number(site.onlineWindowSeconds / 60, 1),
  gap: number(site.visitGapSeconds / 60, 1),
  repeat: site.repeatViewSeconds
    ? word('def.repeat', {seconds: number(site.repeatViewSeconds)}) : word('def.noRepeat'),
});

/** A small ? that opens it; Esc, a second press and a press elsewhere close it. */
export const what = (name, site) => html`<details class="what" @keydown=${close} @focusout=${left}>
  <summary aria-label=${word('def.what')} title=${word('def.what')}>?</summary><p>${meaning(name, site)}</p></details>`;

function left({currentTarget, relatedTarget}) {
  currentTarget.open &&= currentTarget.contains(relatedTarget);
}

function close(event) {
  if (event.key === 'Escape') {
    event.currentTarget.open = false;
    event.currentTarget.querySelector('summary').focus();
  }
}
