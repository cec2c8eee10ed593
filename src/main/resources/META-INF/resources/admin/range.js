/* The period that is shown, what it is compared with, and how it is divided. */
import {choose, chosen, COMPARES, days, INTERVALS, METRICS} from './choice.js';
import {isRange, length, NAMED} from './days.js';
import {options, segments} from './segments.js';
import {find, html, nothing, render} from './ui.js';
import {word} from './words.js';

const MOST_DAYS_BY_HOUR = 31;
const OF_PAGE = ['views', 'visits', 'votes', 'rating', 'downloads'];

const form = find('#range');
const place = find('#range .choices');
let timeZone = 'UTC';

/** So many points that a line can be seen in them, and no more than the eye can tell apart. */
function fitting(range, metric = chosen.metric) {
  const count = range.from ? length(range) : 3660;
  return count <= 2 && metric !== 'visitors' ? 'hour' : count <= 123 ? 'day' : 'month';
}

/** Shows the choice for a site in this time zone. */
export function drawRange(zone = timeZone) {
  timeZone = zone;
  if (notOfPage(chosen.metric)) {
    chosen.metric = 'views';
  }
  if (chosen.interval === 'hour' && !isByHour(days(timeZone))) {
    chosen.interval = 'day';
  }
  problem('');
  const range = days(timeZone);
  render(choices(range), place);
  // A date that was refused still stands in its field: what is drawn did not change.
  for (const name of ['from', 'to']) {
    form.elements[name].value = range[name];
  }
  render(segments('metric', METRICS, pickMetric, notOfPage), find('[data-choose=metric]'));
  render(segments('interval', INTERVALS, (interval) => choose({interval}), notHere), find('[data-choose=interval]'));
}

const choices = ({from, to}) => html`
  <label><span>${word('period')}</span> <select id="period" @change=${pickPeriod}>
    ${options('period', [...NAMED, 'all', 'custom'])}</select></label>
  <span class="days" ?hidden=${chosen.period === 'all'}>${day('from', from)}${day('to', to)}</span>
  <label><span>${word('compare')}</span> <select id="compare" ?disabled=${chosen.period === 'all'}
    @change=${pickCompare}>${options('compare', COMPARES)}</select></label>
  ${chosen.compare === 'date' && chosen.period !== 'all' ? day('since', chosen.since) : nothing}`;

const day = (name, value) => html`<label><span>${word(name)}</span> <input type="date" name=${name} .value=${value}
  min="2000-01-01" max="2100-12-31" required @change=${pickDay}></label>`;

function pickPeriod({target: {value}}) {
  const range = days(timeZone, value);
  choose({period: value, ...(value === 'custom' ? range : {from: '', to: ''}), interval: fitting(range)});
}

function pickCompare({target: {value}}) {
  choose({compare: value, since: value === 'date' ? days(timeZone, 'lastMonth').from : ''});
}

function pickDay() {
  const [from, to, since] = ['from', 'to', 'since'].map((name) => form.elements[name]?.value ?? '');
  const range = {from, to};
  if (!from || !to || (form.elements.since && !since)) {
    return;
  }
  if (!form.checkValidity() || !isRange(range)) {
    problem(word('wrongRange'));
    return;
  }
  const now = days(timeZone);
  const same = from === now.from && to === now.to;
  choose(same ? {since} : {period: 'custom', ...range, since, interval: fitting(range)});
}

function problem(text) {
  find('#range-problem').textContent = text;
}

function pickMetric(metric) {
  choose({metric, interval: metric === 'visitors' && chosen.interval === 'hour' ? 'day' : chosen.interval});
}

const notOfPage = (metric) => (chosen.page && !OF_PAGE.includes(metric) ? word('notOfPage') : '');

const isByHour = (range) =>
  chosen.metric !== 'visitors' && (!chosen.page || ['votes', 'rating'].includes(chosen.metric))
  && range.from && length(range) <= MOST_DAYS_BY_HOUR;

const notHere = (interval) =>
  interval === 'hour' && !isByHour(days(timeZone)) ? word('hourNotHere') : '';

form.addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('luot:choice', () => drawRange());
document.addEventListener('luot:language', () => drawRange());
