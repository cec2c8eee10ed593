/* Vietnamese: why a call was refused, as the API says it in English. */
const SAID = [
  [/^A site has (\d+) addresses.*/, 'Một trang web gửi được đến nhiều nhất $1 địa chỉ, tính cả địa chỉ vừa thôi gửi trong vòng một ngày.'],
  [/^This service sends no mails.*/, 'Máy chủ này chưa được cài đặt để gửi thư.'],
  [/^An address of this domain.*/, 'Địa chỉ thuộc tên miền này chỉ do người vận hành mọi trang web nhập.'],
  [/^A report was sent just now.*/, 'Vừa gửi một báo cáo. Chờ một phút rồi thử lại.'],
  [/^A site that is still being deleted.*/, 'Mã này là của một trang web đang được xoá. Chọn mã khác.'],
  [/^A site has this id.*/, 'Mã này đã được dùng. Chọn mã khác.'],
  [/^There are (\d+) keys in force.*/, 'Đang có $1 khoá và liên kết còn hiệu lực. Thu hồi bớt rồi thử lại.'],
  [/^(\d+) labels are public.*/, 'Đang có $1 nhãn công khai. Tắt bớt rồi thử lại.'],
  [/^An import of this site is running.*/, 'Đang nhập một tệp của trang web này. Chờ xong rồi thử lại.'],
  [/^This day is .*/, 'Ngày này đã được duyệt.'],
  [/^Send at most (\d+) bytes.*/, 'Tệp có nhiều nhất $1 byte. Chia tệp rồi gửi từng phần.'],
  [/^Send at most (\d+) lines.*/, 'Tệp có nhiều nhất $1 dòng. Chia tệp rồi gửi từng phần.'],
  [/^The file took too long.*/, 'Gửi tệp quá lâu. Thử lại, hoặc chia tệp.'],
];

/** Undefined where the sentence is not known. */
export function refusal(detail) {
  const [known, words] = SAID.find(([pattern]) => pattern.test(detail)) ?? [];
  return known && detail.replace(known, words);
}
