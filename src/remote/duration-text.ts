const UNITS: readonly (readonly [string, number])[] = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
];

/** A time in milliseconds for people, rounded up: `40 s`, `15 minutes`, `2 hours`; days from two on. */
export function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const [name, length] = UNITS.find(([, each]) => seconds >= 2 * each) ?? ['s', 1];
  return `${Math.ceil(seconds / length)} ${name}`;
}
