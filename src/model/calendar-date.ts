const DATE = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/u;

/** Whether a text is a day that there is, as `2026-05-01`. */
export function isCalendarDate(text: string): boolean {
  const { year, month, day } = DATE.exec(text)?.groups ?? {};
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // Years below 100 would be taken for those of the last century.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
}
