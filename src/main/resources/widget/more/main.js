/** What only some pages need, or only readers who stay; counters/main.js says when it is fetched. */
import './alive.js';
import './names.js';
import './number.js';
import './presence.js';
import './reads.js';
import './routes.js';
import {begin} from './odd.js';

const {inside} = window.luot;

const RATED = 'luot-rating,[data-luot$=rating],#stringrating,.hover-star';

const FILES = '[data-luot-download],[data-luot=downloads],luot-number[name=downloads],[data-luot-template*=downloads]';

/* The server writes the digests here. */
const load = (name, integrity) => inside.load(name, integrity);

const {draw} = inside;
inside.draw = () => {
  draw();
  if (!inside.reads) return;
  if (document.querySelector(RATED)) load('rating', '@rating@');
  if (document.querySelector('[data-luot=top]')) load('lists', '@lists@');
  if (document.querySelector(FILES)) load('downloads', '@downloads@');
  /* This one builds on that one. */
  if (inside.vote && document.querySelector('#stringrating,.hover-star')) load('nukeviet', '@nukeviet@');
};

/** Why something is not shown is told by a part of its own, in a page that has something to be told. */
inside.reasons = inside.said;
inside.said = {
  push(reason) {
    inside.reasons.push(reason);
    load('why', '@why@');
  },
};
if (inside.reasons.length) load('why', '@why@');
for (const {dataset} of document.querySelectorAll('[data-luot-format]')) {
  if (!/^(vi|en|plain$|$)/i.test(dataset.luotFormat)) inside.said.push(['format', dataset.luotFormat]);
}


/** A page counts for one site, that of the tag that runs first. */
const [source] = inside.script.src.split('?');
for (const {src, dataset} of document.querySelectorAll('script[data-site]')) {
  if (src.split('?')[0] === source && dataset.site !== inside.site) inside.said.push(['second', dataset.site]);
}

if (inside.odd) begin();
else inside.show();
