/** What the control says, in Vietnamese and English. */

const VI = {
  article: 'Đánh giá bài viết',
  portal: 'Đánh giá cổng thông tin điện tử',
  steps: ['rất kém', 'kém', 'đạt', 'tốt', 'rất tốt'],
  star: (stars, step, portal) => `${stars} sao: ${portal ? '' : 'Bài viết '}${step}`,
  none: 'Chưa có đánh giá',
  summary: (average, count) => `Xếp hạng: ${average} - ${count} phiếu bầu`,
  mine: (stars) => `Bạn đã chấm ${stars} sao.`,
  withdraw: 'Rút lại đánh giá',
  withdrawn: 'Đã rút lại đánh giá của bạn.',
  thanks: 'Cảm ơn bạn!',
  closed: 'Phần đánh giá đang đóng.',
  held: 'Phiếu bầu được tính sau khi quản trị viên xem xét.',
  failed: 'Chưa gửi được, xin thử lại sau.',
};

const EN = {
  article: 'Rate this article',
  portal: 'Rate this portal',
  steps: ['very poor', 'poor', 'fair', 'good', 'very good'],
  star: (stars, step) => `${stars} ${stars > 1 ? 'stars' : 'star'}: ${step}`,
  none: 'Not rated yet',
  summary: (average, count) => `Rating: ${average} - ${count} ${count === '1' ? 'vote' : 'votes'}`,
  mine: (stars) => `You gave ${stars} ${stars > 1 ? 'stars' : 'star'}.`,
  withdraw: 'Withdraw my rating',
  withdrawn: 'Your rating has been withdrawn.',
  thanks: 'Thank you!',
  closed: 'Rating is closed.',
  held: 'Your vote counts once it has been reviewed.',
  failed: 'Could not be sent; try again later.',
};

/** By the nearest language an element or its page declares; Vietnamese when nothing is said. */
export function language(element) {
  return /^en/i.test((element.closest('[lang]') || {}).lang) ? 'en' : 'vi';
}

export const words = (language) => (language === 'en' ? EN : VI);

/** What stands for the status of a vote that was taken and does not count yet. */
export const HELD = 1;

/** Why a vote does not count. */
export function refusal(text, status) {
  return status === HELD ? text.held : status === 403 ? text.closed : text.failed;
}
