/* A rating with its distribution: the site's own, or that of a page. */
import {readOf} from '../calls.js';
import {bar, find, make} from '../dom.js';
import {average as written, number, share} from '../format.js';
import {word} from '../words.js';
import {card, empty} from './card.js';

const LISTED = 5;

const shown = card(find('#ratings'), show);
let site = null;
let page = null;

export const clear = shown.clear;

export function load(which) {
  site = which;
  page = null;
  return read();
}

function read() {
  const [id, asked] = [site.id, page];
  return shown.load(async () => {
    const [rating, {pages}] = await Promise.all([
      readOf(id, 'rating', {page: asked?.path}),
      readOf(id, 'pages', {sort: '-ratingCount', limit: LISTED}),
    ]);
    return {rating, pages: pages.filter((entry) => entry.rating.count > 0)};
  });
}

function show({rating, pages}, body) {
  const focused = body.contains(document.activeElement) ? document.activeElement.dataset.path : null;
  const portal = {path: '', title: word('portal')};
  body.replaceChildren(
    make('h3', {textContent: page ? page.title || page.path : word('portal')}),
    ...(rating.count === 0 ? [empty('noVotes')] : distribution(rating)),
    ...(pages.length ? [make('h3', {className: 'minor', textContent: word('bestRated')}),
      make('ul', {className: 'picks'}, ...[portal, ...pages].map(pick))] : []));
  body.querySelector(`[data-path="${CSS.escape(focused ?? ' ')}"]`)?.focus();
}

function distribution({average, count, stars}) {
  const most = Math.max(...Object.values(stars));
  return [
    make('p', {className: 'summary'},
      make('b', {className: 'figure', textContent: written(average)}),
      make('span', {className: 'stars', ariaHidden: 'true', textContent: '★'.repeat(Math.round(average)).padEnd(5, '☆')}),
      make('span', {className: 'soft', textContent: word('votes', {count: number(count)})})),
    make('ul', {className: 'bars'}, ...[5, 4, 3, 2, 1].map((n) => {
      const said = word('starsSaid', {stars: n, count: number(stars[n]), share: share(stars[n], count)});
      return make('li', {},
        make('span', {className: 'hidden', textContent: said}),
        make('span', {ariaHidden: 'true', textContent: n + ' ★'}),
        bar(stars[n], most),
        make('span', {className: 'count', ariaHidden: 'true', textContent: number(stars[n])}));
    })),
  ];
}

function pick(entry) {
  const {path, title, rating} = entry;
  return make('li', {}, make('button', {
    type: 'button',
    'data-path': path,
    ariaPressed: String((page?.path ?? '') === path),
    onclick: () => read(page = path ? entry : null),
  }, make('span', {textContent: title || path}), rating
    ? make('span', {className: 'count', textContent: `${written(rating.average)} ★ · ${number(rating.count)}`}) : ''));
}
