import { compareVersions, parseVersion, type Version } from './version.ts';

/**
 * The version that an author would give to the next release after `version`: its last number plus one, in the same
 * writing (`1.5` → `1.5.1`, `v1.8.7` → `v1.8.8`, `25.06.0` → `25.06.1`, `1.0.0-rc.1` → `1.0.0-rc.2`), without build
 * metadata. It is higher than `version` and ranks with none of the taken ones.
 */
export function nextFreeVersion(version: string, taken: Iterable<string>): string {
  const used = new Set(Array.from(taken, rankOf));
  for (const candidate of candidates(version)) {
    if (compareVersions(candidate, version) > 0 && !used.has(rankOf(candidate))) return candidate;
  }
  throw new Error('there is always a higher version');
}

/** Without prefix and build metadata, so that `v1.5` and `1.5.0` are one: nobody should have to tell them apart. */
function rankOf(version: string): string {
  const { core, prerelease } = parseVersion(version);
  const last = core.findLastIndex((number) => number !== '0');
  const identifiers = prerelease.map((each) => (/^\d+$/u.test(each) ? each.replace(/^0+(?=\d)/u, '') : each));
  return JSON.stringify([core.slice(0, last + 1), identifiers]);
}

/** Without end. From some point on each is higher than the version. */
function* candidates(version: string): Generator<string> {
  const [written = ''] = version.split('+', 1);
  const { core, prerelease } = parseVersion(written);
  if (prerelease.length > 0) yield* prereleases(written, prerelease.at(-1) ?? '');
  else yield* releases(/^[vV]?/u.exec(written)?.[0] ?? '', writtenCore(written, core));
}

/** With the zeros in front that the numbers are written with. */
function writtenCore(written: string, core: Version['core']): string[] {
  const numbers = /\d+(?:\.\d+)*/u.exec(written)?.[0].split('.') ?? [];
  return numbers.length === core.length ? numbers : [...core];
}

/** A version of fewer than three numbers gets the third one first. */
function* releases(prefix: string, numbers: readonly string[]): Generator<string> {
  const filled = [...numbers, ...['0', '0', '0'].slice(numbers.length)];
  const front = filled.slice(0, -1).map((number) => `${number}.`);
  let last = filled.at(-1) ?? '0';
  for (;;) {
    last = increment(last);
    yield `${prefix}${front.join('')}${last}`;
  }
}

/**
 * The number at the end plus one, as long as that is higher: behind letters, `rc10` sorts before `rc9`. After that
 * comes a number of its own.
 */
function* prereleases(written: string, last: string): Generator<string> {
  const digits = /\d*$/u.exec(last)?.[0] ?? '';
  const front = written.slice(0, written.length - digits.length);
  if (digits !== '') {
    let number = increment(digits);
    for (; digits === last || number.length === digits.length; number = increment(number)) yield front + number;
  }
  for (let number = '1'; ; number = increment(number)) yield `${written}.${number}`;
}

/** Decimal digits of any length plus one, with as many of them where that is enough. */
function increment(digits: string): string {
  const nines = /9*$/u.exec(digits)?.[0].length ?? 0;
  const rest = digits.slice(0, digits.length - nines);
  const zeros = '0'.repeat(nines);
  return rest === '' ? `1${zeros}` : `${rest.slice(0, -1)}${Number(rest.at(-1)) + 1}${zeros}`;
}
