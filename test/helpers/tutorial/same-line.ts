/** Stands for any lines, or inside a line for any words, that a guide leaves out. */
const ELLIPSIS = '…';

/** What differs from run to run, and the name that takes its place on both sides. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d)?/gu, '<time>'],
  [/\b\d{4}-\d\d-\d\d\b/gu, '<date>'],
  [/\b\d+(?:\.\d+)? (?:B|bytes?|KiB|MiB|GiB|kB|KB|MB|GB)(?![\w])/gu, '<size>'],
  [/\b\d+(?:\.\d+)? (?:ms|s|seconds?|minutes?)(?![\w])/gu, '<duration>'],
  // A column is as wide as what varies in it.
  [/(?<=\S) {2,}/gu, '  '],
];

/** Hashes and Git's ids, whole or shortened: at least one digit, so that no word is one. */
const HASH = /\b(?=[a-f]*\d)[0-9a-f]{7,64}\b/gu;

export function hiddenLine(line: string): boolean {
  return line.trim() === ELLIPSIS;
}

/** Whether a line of a guide shows a line that was printed, whatever the sizes, times and hashes in it are, and how wide its columns. */
export function sameLine(guide: string, printed: string): boolean {
  if (guide.includes(ELLIPSIS)) return hasParts(named(printed), named(guide).split(ELLIPSIS));
  return named(guide) === named(printed);
}

/** Hashes of a line of a guide with those that were printed in their place; none where words are left out. */
export function hashPairs(guide: string, printed: string): readonly (readonly [guide: string, printed: string])[] {
  if (guide.includes(ELLIPSIS)) return [];
  const actual = printed.match(HASH) ?? [];
  return (guide.match(HASH) ?? []).map((hash, at) => [hash, actual[at] ?? '']);
}

/** Whether a line begins with the first part, ends with the last, and has the others between them in their order. */
function hasParts(line: string, parts: readonly string[]): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (line.length < first.length + last.length || !line.startsWith(first) || !line.endsWith(last)) return false;
  let rest = line.slice(first.length, line.length - last.length);
  return parts.slice(1, -1).every((part) => {
    const at = rest.indexOf(part);
    rest = rest.slice(at + part.length);
    return at >= 0;
  });
}

function named(line: string): string {
  const hidden = line.trimEnd().replaceAll(HASH, (hash) => `<${hash.length} hexadecimal digits>`);
  return VARIABLE.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), hidden);
}
