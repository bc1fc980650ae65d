/** The day of a time as documents have it, in UTC: `2026-07-01`. */
export function dayOf(time: string | undefined): string {
  return time?.slice(0, 10) ?? '';
}
