/* A rating with its distribution: the site's own, or that of a page. */
import {choose, chosen} from '../choice.js';
import {readOf} from '../calls.js';
import {average as written, number, share} from '../format.js';
import {bar, find, html, nothing} from '../ui.js';
import {word} from '../words.js';
import {card, empty} from './card.js';
import {named, titles} from './page-rows.js';

const LISTED = 5;

const shown = card(find('#ratings'), show);

export const clear = shown.clear;

/** Of the page that is chosen, or else of the site itself. */
export function load({id}) {
  const {page} = chosen;
  return shown.load(async () => {
    const [rating, {pages}] = await Promise.all([
      readOf(id, 'rating', {page}),
      readOf(id, 'pages', {sort: '-ratingCount', limit: LISTED}),
    ]);
    pages.forEach(({path, title}) => titles.set(path, title));
    return {page, rating, pages: pages.filter((entry) => entry.rating.count > 0)};
  });
}

function show({page, rating, pages}) {
  const portal = {path: '', title: word('portal')};
  const pick = ({path, title, rating: rated}) => html`<li><button type="button" data-path=${path}
    aria-pressed=${page === path} @click=${() => choose({page: path})}><span>${title || path}</span>${rated
      ? html`<span class="count">${written(rated.average)} ★ · ${number(rated.count)}</span>` : nothing}</button></li>`;
  return html`<h3>${page ? named(page) : word('portal')}</h3>
    ${rating.count === 0 ? empty('noVotes') : distribution(rating)}
    ${pages.length ? html`<h3 class="minor">${word('bestRated')}</h3>
      <ul class="picks">${[portal, ...pages].map(pick)}</ul>` : nothing}`;
}

function distribution({average, count, stars}) {
  const voted = Object.values(stars);
  const carried = count - voted.reduce((sum, n) => sum + n, 0);
  return html`<p class="summary"><b class="figure">${written(average)}</b>
      <span class="stars" aria-hidden="true">${'★'.repeat(Math.round(average)).padEnd(5, '☆')}</span>
      <span class="soft">${word('votes', {count: number(count)})}</span></p>
    <ul class="bars">${[5, 4, 3, 2, 1].map((n) => html`<li>
      <span class="hidden">${word('starsSaid', {stars: n, count: number(stars[n]), share: share(stars[n], count)})}</span>
      <span aria-hidden="true">${n} ★</span>${bar(stars[n], Math.max(...voted))}
      <span class="count" aria-hidden="true">${number(stars[n])}</span></li>`)}</ul>
    ${carried > 0 ? html`<p class="soft">${word('votesCarried', {count: number(carried)})}</p>` : nothing}`;
}
