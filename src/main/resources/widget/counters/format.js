/** How a number is written: the page decides, by attributes. */

const within = (text, low, high, otherwise) => Math.min(high, Math.max(low, text ?? otherwise)) || 0;

/** Digits as `plain` (2743755), `vi` (2.743.755) or `en` (2,743,755), padded and rounded as asked. */
export function format(value, {luotFormat, luotPad, luotDecimals, luotZero}) {
  if (!value && luotZero != null) return luotZero;
  if (isNaN(value)) return '–';
  const grouped = luotFormat === 'vi' || luotFormat === 'en';
  return value.toLocaleString(grouped ? luotFormat : 'en', {
    useGrouping: grouped,
    minimumIntegerDigits: within(luotPad, 1, 20, 1) || 1,
    minimumFractionDigits: within(luotDecimals, 0, 9, 0),
    maximumFractionDigits: within(luotDecimals, 0, 9, 1),
  });
}
