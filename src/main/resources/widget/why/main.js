/** Why something is not shown: one line in the console for each reason, in the page's language. */
const {inside} = window.luot;

const {site, script} = inside;
const vietnamese = !/^en/i.test(document.documentElement.lang);
const service = new URL('.', script.src.replace(/\/\/[^/]*@/, '//')).href;
const guide = service + (vietnamese ? 'khong-thay-so.html' : 'no-numbers.html');

const SLOTS = [].concat(
  'online',
  'downloads',
  ...['views', 'visits'].map((kind) => ['today', 'yesterday', 'week', 'month', 'year', 'total'].map((at) => kind + '-' + at)),
  ['visitors-today', 'visitors-yesterday', 'visitors-month', 'page-views'],
  ...['rating', 'portal-rating'].map((kind) => ['count', 'sum', 'average'].map((part) => kind + '-' + part)),
);

/** Levenshtein's distance. */
function distance(a, b) {
  let row = [...b].map((_, index) => index + 1);
  [...a].forEach((letter, line) => {
    let left = line + 1;
    let corner = line;
    row = row.map((above, column) => {
      const here = Math.min(above + 1, left + 1, corner + (letter === b[column] ? 0 : 1));
      corner = above;
      left = here;
      return here;
    });
  });
  return row[row.length - 1];
}

const nearest = (name) => SLOTS.map((slot) => [distance(name.toLowerCase(), slot), slot]).sort((a, b) => a[0] - b[0])[0][1];

const WORDS = vietnamese
  ? {
      slot: (name) => `không có con số nào tên "${name}". Có phải bạn muốn viết "${nearest(name)}"? Chữ của trang được giữ nguyên.`,
      format: (name) => `không có cách viết số "${name}". Dùng data-luot-format="vi", "en" hoặc "plain".`,
      'no-site': () => `thẻ script chưa có data-site="mã trang", nên chưa đếm.`,
      second: (other) => `trang đã đếm cho "${site}"; thẻ kia, data-site="${other}", không làm gì.`,
      disk: () => 'trang mở từ ổ đĩa, không phải từ máy chủ web, nên không đếm.',
      down: () => `không gọi được ${service}. Dịch vụ đang dừng, hoặc lời gọi bị chặn (Content-Security-Policy connect-src, tiện ích chặn quảng cáo).`,
      'unknown-site': (right) => `chưa có trang nào tên "${site}".` + (right ? ` Địa chỉ này đã đăng ký cho trang "${right}".` : ''),
      'origin-not-allowed': () => `${location.origin} chưa được đăng ký cho trang "${site}". Người quản trị Luot cần thêm đúng địa chỉ này.`,
      'too-many': () => 'mạng này vừa gửi quá nhiều lượt, xin đợi một phút.',
      other: (detail) => `dịch vụ từ chối: ${detail}`,
      more: 'Xem',
    }
  : {
      slot: (name) => `there is no number called "${name}". Did you mean "${nearest(name)}"? The page's own text stays.`,
      format: (name) => `there is no format "${name}". Use data-luot-format="vi", "en" or "plain".`,
      'no-site': () => 'the script tag has no data-site="your site", so nothing is counted.',
      second: (other) => `the page counts for "${site}"; its other tag, data-site="${other}", does nothing.`,
      disk: () => 'the page was opened from a disk, not from a web server, so it is not counted.',
      down: () => `${service} cannot be reached. The service is down, or the call is blocked (Content-Security-Policy connect-src, an ad blocker).`,
      'unknown-site': (right) => `there is no site called "${site}".` + (right ? ` This address is registered for the site "${right}".` : ''),
      'origin-not-allowed': () => `${location.origin} is not registered for the site "${site}". Whoever runs Luot has to add exactly this address.`,
      'too-many': () => 'this network has just sent too many hits; wait for a minute.',
      other: (detail) => `the service refused: ${detail}`,
      more: 'See',
    };

const told = new Set();

function say(text) {
  if (told.has(text)) return;
  told.add(text);
  console.info(`Luot: ${text} ${WORDS.more} ${guide}`);
}

/** A refusal says itself why, as problem details (RFC 9457). */
async function refused(response) {
  const problem = await response.json().catch(() => ({}));
  const reason = String(problem.type).split(':').pop();
  const [first = {}] = problem.errors || [];
  const known = WORDS[reason] && reason !== 'other';
  say(known ? WORDS[reason](first.detail) : WORDS.other(problem.detail || response.status));
}

/** From now on each reason comes here. */
function tell([reason, ...what]) {
  if (reason !== 'refused') say(WORDS[reason](...what));
  /* An answer that is nothing Luot says was refused by nobody. */
  else if (inside.refused) refused(inside.refused);
}

inside.reasons.forEach(tell);
inside.reasons = {push: tell};
