/** From a page view to the numbers on the page: count, show, ask for what is missing, stay online. */
import {format} from './format.js';
import {onNextPage, whenSeen} from './navigation.js';
import {learn, learnPage, learnPortal, number} from './numbers.js';
import {currentPage} from './page.js';
import {loadParts} from './parts.js';
import {stayOnline} from './presence.js';
import {ask} from './requests.js';
import {addressOnly, automated, manual, site} from './settings.js';
import {fill} from './slots.js';

let page;
let asked;
let readable;
let referrer = document.referrer;
let timer;

const quiet = () => {};

async function read(source, paths) {
  if (source === 'pages') {
    const query = 'pages?path=' + paths.map(encodeURIComponent).join('&path=');
    /* Too long an address for some proxies. */
    if (query.length > 4000 && paths[1]) {
      read(source, paths.splice(paths.length / 2)).catch(quiet);
      return read(source, paths);
    }
    const answer = await ask(query);
    answer.pages?.forEach((values, index) => learnPage(paths[index], values));
  } else {
    const answer = await ask(source);
    if (source === 'rating') learnPortal(answer);
    else learn(answer);
  }
  show();
}

/** Fills what is known; what is missing is asked for once per page view, and pages a hundred at a time. */
function show() {
  const paths = [];
  const unasked = (key) => readable && !asked.has(key) && asked.add(key);
  const missing = (source, path) => {
    if (source === 'pages') unasked('/' + path) && paths.push(path);
    else if (source) unasked(source) && read(source).catch(quiet);
  };
  fill(page, missing);
  window.luot.inside.draw?.(missing);
  while (paths.length) read('pages', paths.splice(0, 100)).catch(quiet);
}

/** Elements come in bursts, so one look serves many; a page that never rests is looked at all the same. */
function lookSoon() {
  timer = timer || setTimeout(look, 50);
}

function look() {
  timer = 0;
  show();
  if (!readable) return;
  loadParts();
  window.luot.inside.fillLists?.();
}

/** A refused or unreachable hit asks for nothing more; a busy service may still be read. */
async function count(counted, title) {
  const from = referrer.split('/').slice(0, 3).join('/');
  referrer = '';
  /* The service takes 2 KiB: a very long address leaves no room for a title. */
  const named = counted.length < 900 ? title.slice(0, 150) : undefined;
  const answer = automated ? {} : await ask('hits', {page: counted, title: named, referrer: from || undefined});
  if (answer.page) learnPage(counted, {views: answer.page.views});
  learn(answer);
  readable = answer === 429 || answer === 503 || typeof answer === 'object';
  if (!automated && answer !== 403 && answer !== 404) stayOnline(answer, told);
  look();
}

function told(answer) {
  learn(answer);
  show();
}

function hit(options) {
  page = String(options?.page || currentPage());
  asked = new Set();
  /* A portal's document title often ends in the portal's name; the title for sharing does not. */
  const shared = document.querySelector('meta[property="og:title"]')?.content;
  const title = String(options?.title || shared || document.title);
  const counted = page;
  whenSeen(() => count(counted, title).catch(quiet));
}

function start() {
  page = currentPage();
  asked = new Set();
  new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some((node) => node.nodeType === 1))) lookSoon();
  }).observe(document, {childList: true, subtree: true});
  if (manual) return;
  onNextPage(hit.bind(null, null));
  hit();
}

/* A second tag does nothing, and neither does a page opened from a disk. An element with the id "luot"
   answers to that name too, hence the look at what it can do. */
if (site && !window.luot?.hit && /^http/.test(location.protocol)) {
  window.luot = {
    hit,
    /* For the parts. */
    inside: {ask, format, number, learnPage, learnPortal, show, addressOnly, site, page: () => page},
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}
