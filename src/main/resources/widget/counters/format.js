/** How a number is written: the page decides, by attributes. */

/** Digits as `plain` (2743755), `vi` (2.743.755) or `en` (2,743,755), padded and rounded as asked. */
export function format(value, {luotFormat, luotPad, luotDecimals, luotZero}) {
  if (!value && luotZero != null) return luotZero;
  if (isNaN(value)) return '–';
  const [grouped] = /^(vi|en)/i.exec(luotFormat) || [];
  try {
    return value.toLocaleString(grouped || 'en', {
      useGrouping: !!grouped,
      minimumIntegerDigits: luotPad,
      minimumFractionDigits: luotDecimals,
      maximumFractionDigits: luotDecimals || 1,
    });
  } catch {
    return value;
  }
}
