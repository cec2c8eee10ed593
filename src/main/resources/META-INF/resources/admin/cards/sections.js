/* Sections of a site: the sums of the pages whose paths begin alike. */
import {choose} from '../choice.js';
import {number, share} from '../format.js';
import {html, nothing} from '../ui.js';
import {word} from '../words.js';
import {empty} from './card.js';
import {overTime} from './page-rows.js';

const COLUMNS = ['pagesCount', 'views', 'share', 'visits', 'downloads'];

export function sectionTable({sections, others}, within) {
  const all = [...sections, ...(others.pages ? [others] : [])];
  const sum = all.reduce((views, section) => views + section.views, 0);
  return all.length === 0 ? empty('noPages') : html`<div class="scroll" tabindex="0" role="group"
    aria-label=${word('list.sections')}><table class="pages">
    <thead><tr><th scope="col">${word('section')}</th>${COLUMNS.map((name) =>
      html`<th scope="col" class="count">${word(name)}</th>`)}</tr></thead>
    <tbody>${all.map((section) => html`<tr>
      <th scope="row"><div class="named">${named(section, within)}</div></th>
      <td class="count">${number(section.pages)}</td><td class="count">${number(section.views)}</td>
      <td class="count">${share(section.views, sum)}</td><td class="count">${number(section.visits)}</td>
      <td class="count">${number(section.downloads)}</td></tr>`)}</tbody></table></div>`;
}

/** A section of many pages leads to them; one page is shown over time. */
function named(section, within) {
  const {path, pages} = section;
  if (path === null) {
    return html`<span>${word('otherSections')}</span>`;
  }
  if (path === within) {
    const page = path.replace(/(.)\/$/, '$1');
    return html`<span>${path === '/' ? word('homePage') : word('itself')}<small class="soft">${page}</small></span>
      ${overTime({...section, path: page})}`;
  }
  return pages === 1 && !path.endsWith('/')
    ? html`<span>${path}</span>${overTime(section)}`
    : html`<button type="button" class="section" data-prefix=${path}
        @click=${() => choose({prefix: path.replace(/\/?$/, '/'), list: 'pages'})}>${path}</button>`;
}

/** Which section is listed, and the way out. */
export const within = (prefix) => (prefix ? html`<p class="within"><span>${word('within', {prefix})}</span>
  <button type="button" data-name="everywhere" @click=${() => choose({prefix: ''})}>${word('everywhere')}</button></p>` : nothing);
