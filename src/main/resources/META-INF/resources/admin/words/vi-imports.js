/* Vietnamese: what is wrong with a line of a file, as the API says it in English. */
const SAID = [
  [/^not UTF-8.*/, 'tệp không phải UTF-8: hãy lưu dạng “CSV UTF-8”'],
  [/^has more fields than the first line has, (\d+)$/, 'có nhiều ô hơn dòng đầu (dòng đầu có $1 ô)'],
  [/^the file is empty.*/, 'tệp trống: dòng đầu phải nêu tên các cột'],
  [/^no number is in the file$/, 'tệp không có số nào'],
  [/^a quote is opened and never closed$/, 'dấu ngoặc kép mở mà không đóng'],
  [/^after a closing quote.*/, 'sau dấu ngoặc kép đóng chỉ được là ô tiếp theo'],
  [/^a field has at most (\d+) characters.*/, 'một ô có nhiều nhất $1 ký tự; có dấu ngoặc kép nào chưa đóng không?'],
  [/^at most (\d+) columns$/, 'nhiều nhất $1 cột'],
  [/^the column (.*) is none of (.*)$/, 'cột $1 không được biết; các cột có thể dùng: $2'],
  [/^the column (.*) is there twice$/, 'cột $1 có hai lần'],
  [/^name a column path$/, 'thiếu cột path'],
  [/^name at least one column of numbers.*/, 'thiếu cột số, ví dụ views'],
  [/^(.*) is in line (\d+) already$/, '$1 đã có ở dòng $2'],
  [/^write the number without separators, as (\d+)$/, 'viết số không có dấu ngăn cách, ví dụ $1'],
  [/^a whole number from 0.*/, 'một số nguyên từ 0, hoặc để trống'],
  [/^write the day as.*/, 'viết ngày như 2025-11-20'],
  [/^from (.*) to yesterday$/, 'từ $1 đến hôm qua'],
  [/^details of before (.*) were removed.*/, 'chi tiết trước ngày $1 đã không còn được giữ'],
  [/^votes are of no day.*/, 'phiếu bầu không theo ngày: hãy để trống ngày'],
  [/^the line has no number to enter$/, 'dòng không có số nào để nhập'],
  [/^enter them by file.*/, 'nhập theo từng tệp, hoặc của toàn trang web theo ngày'],
  [/^only the site itself has visits$/, 'chỉ toàn trang web có lượt truy cập'],
  [/^count and sum go together$/, 'nhập cả số phiếu và tổng số sao'],
  [/^from 1 to 5 stars a vote: (\d+) to (\d+)$/, 'mỗi phiếu từ 1 đến 5 sao: từ $1 đến $2'],
  [/^a path, not a formula$/, 'một đường dẫn, không phải công thức'],
  [/^a page may have at most (\d+) bytes.*/, 'đường dẫn dài nhất $1 byte'],
  [/^an id may not begin with ~$/, 'không được bắt đầu bằng ~'],
  [/^a path may not contain \.\.$/, 'đường dẫn không được chứa ..'],
  [/^a page may not contain .*/, 'đường dẫn không được chứa ký tự điều khiển hay ký tự hỏng'],
  [/^the path must be UTF-8.*/, 'đường dẫn phải là UTF-8, mã hoá phần trăm nếu cần'],
  [/^Broken off.*/, 'Bị ngắt giữa chừng; chưa nhập dòng nào. Hãy gửi lại.'],
  [/^The pod has too little memory.*/, 'Máy chủ không đủ bộ nhớ cho tệp này; chưa nhập dòng nào. Hãy chia tệp.'],
  [/^send the page's path.*/, 'đường dẫn của một trang, ví dụ /tin-tuc/a'],
];

/** A sentence that is not known stays as it is; in front of it may stand the column's name. */
export function importError(detail) {
  const [, column = '', said] = /^([a-z_]+: )?(.*)$/s.exec(detail);
  const [known, words] = SAID.find(([pattern]) => pattern.test(said)) ?? [];
  return column + (known ? said.replace(known, words) : said);
}
