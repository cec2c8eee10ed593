/* The period that is shown, and how it is divided. */
import {choose, chosen, days} from './choice.js';
import {isRange, length} from './days.js';
import {find} from './dom.js';
import {segments} from './segments.js';
import {word} from './words.js';

const MOST_DAYS_BY_HOUR = 31;

const form = find('#range');
let timeZone = 'UTC';

const drawPeriods = segments('period', ['today', '7', '30', '90', '365'], (period) => {
  choose({period, from: '', to: '', interval: fitting(length(days(timeZone, period)))});
});
const drawMetrics = segments('metric', ['views', 'visits', 'visitors', 'votes', 'bots'], (metric) => {
  choose({metric, interval: metric === 'visitors' && chosen.interval === 'hour' ? 'day' : chosen.interval});
});
const drawIntervals = segments('interval', ['hour', 'day', 'month'], (interval) => choose({interval}));

/** So many points that a line can be seen in them, and no more than the eye can tell apart. */
const fitting = (count) =>
  count <= 2 && chosen.metric !== 'visitors' ? 'hour' : count <= 120 ? 'day' : 'month';

/** Shows the choice for a site in this time zone. */
export function drawRange(zone = timeZone) {
  timeZone = zone;
  const range = days(timeZone);
  if (chosen.interval === 'hour' && !isByHour(range)) {
    chosen.interval = 'day';
  }
  form.from.value = range.from;
  form.to.value = range.to;
  find('#range-problem').textContent = '';
  [drawPeriods, drawMetrics, drawIntervals].forEach((draw) => draw());
  const hour = find('[data-choose=interval] [data-value=hour]');
  hour.disabled = !isByHour(range);
  hour.title = hour.disabled ? word('hourNotHere') : '';
}

const isByHour = (range) => chosen.metric !== 'visitors' && length(range) <= MOST_DAYS_BY_HOUR;

form.addEventListener('submit', (event) => event.preventDefault());

form.addEventListener('change', ({target}) => {
  if (target.type !== 'date' || !form.from.value || !form.to.value) {
    return;
  }
  const range = {from: form.from.value, to: form.to.value};
  if (!form.checkValidity() || !isRange(range)) {
    find('#range-problem').textContent = word('wrongRange');
    return;
  }
  choose({period: 'custom', ...range, interval: fitting(length(range))});
});

document.addEventListener('luot:choice', () => drawRange());
document.addEventListener('luot:language', () => drawRange());
