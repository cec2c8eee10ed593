/** From a page view to the numbers on the page: count, and show what the answer tells. */
import {format} from './format.js';
import {whenRead} from './navigation.js';
import {keyOf, learn, learnPage, number} from './numbers.js';
import {address, declared, pageOf} from './page.js';
import {inside, more, part} from './parts.js';
import {ask} from './requests.js';
import {manual, script} from './settings.js';
import {fill} from './slots.js';

/** The parts that a page needs which has such elements. */
const NEEDED = {rating: 'luot-rating,[data-luot$=rating]', lists: '[data-luot=top]', more: '#stringrating,[id^=busuanzi_],luot-number,[data-luot-download]'};

let timer;
let referrer = document.referrer;

/* Automated browsers and frames read the numbers and are never counted. */
inside.silent = navigator.webdriver || top !== window;

/** Fills what is known; what is missing after the hit is read by a part. */
function show() {
  const missing = [];
  fill(inside.page, (name, of, value) => value === undefined && missing.push([name, of]));
  inside.draw();
  if (inside.reads && missing[0]) inside.read(missing);
}

/** Elements come in bursts, so one look serves many; a page that never rests is looked at all the same. */
function look() {
  timer = 0;
  moved({});
  show();
  if (inside.reads) for (const name in NEEDED) if (document.querySelector(NEEDED[name])) part(name);
}

/** A refused or unreachable hit asks for nothing more; a busy service may still be read. */
async function count(counted, title) {
  const want = new Set();
  const others = new Set();
  fill(counted, (name, of) => {
    const [path, ofPage] = keyOf(name, of).split('\n');
    if (ofPage && of !== counted) others.add(of);
    else want.add(ofPage || path);
  });
  /* The service takes 2 KiB; a letter of the title may have three bytes. */
  let room = 1300 - counted.length;
  const sent = ++inside.sent;
  const hit = {
    /* A parameter so long names no page, and an address that is longer none at all. */
    page: counted.replace(/([?&])[^&]{400,}/g, '$1').slice(0, 1600),
    title: title.slice(0, room > 0 && 150),
    referrer: referrer.split('/', 3).join('/'),
    want: [...want],
    pages: [...others].filter((of) => (room -= of.length + 3) > 0),
  };
  referrer = '';
  const answer = inside.silent ? {} : await ask('hits', hit, 'POST');
  /* Too many requests, or an error of the service: reading may still work. What was told is no number. */
  inside.reads = !(answer < 429);
  const {page, pages: found = []} = answer;
  learn(answer, '', sent);
  learnPage(counted, page, sent);
  hit.pages.forEach((of, index) => learnPage(of, found[index], sent));
  if (answer >= 0) {
    inside.said.push([answer ? 'refused' : 'down']);
    more();
  }
  inside.answer = answer;
  if (inside.reads && !inside.silent) inside.stay(answer);
  look();
}

/** A portal's document title often ends in the portal's name; the title for sharing does not. */
const titles = () => [(document.querySelector('[property="og:title"]') || {}).content, document.title];

function hit({page: of, title = (inside.titled = titles()).find((text) => text)} = {}) {
  inside.page = of ? pageOf(of + '') : inside.current();
  const view = ++inside.view;
  /* What the answer tells need not be read. */
  inside.reads = 0;
  const counted = inside.page;
  /* A page in the background or being prerendered is seen when it is shown, unless another one took its place. */
  const seen = () => view === inside.view && count(counted, (title || '') + '').catch(() => {});
  document.hidden ? document.addEventListener('visibilitychange', seen, {once: true}) : seen();
}

/** Another address of a single-page site is another page: a part knows how to tell. */
function moved(event) {
  if (!inside.first || address() === inside.first) return;
  inside.moved.push(event);
  more();
}

function start() {
  inside.page = inside.current();
  new MutationObserver(() => (timer = timer || setTimeout(look, 50))).observe(document, {childList: true, subtree: true});
  if (manual) return;
  inside.first = address();
  inside.length = history.length;
  addEventListener('pageshow', (event) => event.persisted && hit());
  hit();
  /* A page may have a variable of that name. */
  try {
    window.navigation.addEventListener('currententrychange', moved);
  } catch {}
}

/* A second tag does nothing. An element with the id "luot" answers to that name too, hence the look at what it can
   do. */
if (!window.luot || !luot.hit) {
  Object.assign(inside, {ask, format, number, learn, learnPage, keyOf, pageOf, show, declared, titles, start});
  window.luot = {hit, inside};
  whenRead(() => {
    /* What is odd about few pages a part knows how to take. */
    inside.odd =
      !inside.site ||
      !location.host ||
      script.dataset.routes ||
      ''.toJSON ||
      JSON.encode ||
      document.querySelector('[http-equiv=refresh]');
    inside.odd ? more() : start();
  });
}
