/** What nobody commits: what is derived, and what npm brings. Each with other ways to say so. */
const LINES: readonly (readonly [line: string, ...others: readonly string[]])[] = [
  ['/public/', 'public', 'public/', '/public'],
  ['node_modules/', 'node_modules', '/node_modules', '/node_modules/', '**/node_modules'],
];

/** `.gitignore` with the lines that it lacks at its end; the same text where it lacks none. */
export function withIgnored(text: string): string {
  const there = new Set(text.split(/\r?\n/u).map((line) => line.trim()));
  const missing = LINES.filter((ways) => !ways.some((way) => there.has(way))).map(([line]) => line);
  if (missing.length === 0) return text;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' || text.endsWith('\n') ? text : `${text}${end}`;
  return start + missing.map((line) => `${line}${end}`).join('');
}
