/** Shorter names are all near one another. */
const SHORTEST = 6;
/** `csi-aws-ebs` and `csi-aws-efs` differ in a word that is too short to be a slip. */
const SHORTEST_WORD = 4;

/** Only what the schema takes for a name: with forty characters, few names are one character from another. */
const NAME = /^[a-z0-9._-]{1,100}$/u;

/**
 * Pairs of names of which one is easily taken for the other: other separators, one character more, less or changed, or
 * two swapped. Takes time in proportion to the length of all names, which comparing each with each would not.
 */
export function* similarNames(all: Iterable<string>): Generator<readonly [string, string]> {
  const names = new Set([...all].filter((name) => name.length >= SHORTEST && NAME.test(name)));
  const groups = new Map<string, string[]>();
  for (const name of names) {
    addTo(groups, withoutSeparators(name), name);
    for (let at = 0; at < name.length; at += 1) {
      // An asterisk is in no name, so that these forms are never those without separators.
      addTo(groups, `${name.slice(0, at)}*${name.slice(at + 1)}`, name);
      const shorter = name.slice(0, at) + name.slice(at + 1);
      if (names.has(shorter) && isSlip(name, shorter)) yield [name, shorter];
      const swapped = name.slice(0, at) + name.slice(at + 1, at + 2) + name.charAt(at) + name.slice(at + 2);
      if (swapped < name && names.has(swapped) && isSlip(name, swapped)) yield [name, swapped];
    }
  }
  for (const group of groups.values()) yield* slipsAmong(group);
}

function* slipsAmong(group: readonly string[]): Generator<readonly [string, string]> {
  const before: string[] = [];
  for (const name of group) {
    const other = before.find((candidate) => isSlip(candidate, name));
    if (other !== undefined) yield [other, name];
    // Names that differ in separators alone could be many; a later one is near the first of them as well.
    if (before.length < 40) before.push(name);
  }
}

/** Names that differ in numbers are versions of one thing, and those that differ in a short word are of one family. */
function isSlip(a: string, b: string): boolean {
  if (withoutNumbers(a) === withoutNumbers(b)) return false;
  const [left, right] = [a.split(/[._-]/u), b.split(/[._-]/u)];
  if (left.length !== right.length) return true;
  return left.every((word, index) => {
    const other = right[index] ?? '';
    return word === other || Math.min(word.length, other.length) >= SHORTEST_WORD;
  });
}

function withoutNumbers(name: string): string {
  return name.replaceAll(/\d+(?:[._-]\d+)*/gu, '');
}

function withoutSeparators(name: string): string {
  return name.replaceAll(/[._-]/gu, '');
}

function addTo(groups: Map<string, string[]>, key: string, name: string): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [name]);
  else group.push(name);
}
