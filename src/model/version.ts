import { compareText } from './compare-text.ts';
import { compareUtf8 } from './compare-utf8.ts';

/** A pack version, read leniently: `1.5`, `v1.8.7`, `25.06.0`, `2.0.1-up.1`, `5.5.2026`. */
export interface Version {
  /** As written; what is shown and stored. */
  readonly raw: string;
  /** The leading dot-separated numbers, without leading zeros: `25.06.0` → `['25', '6', '0']`. */
  readonly core: readonly string[];
  /** The dot-separated identifiers after the numbers: `2.0.1-up.1` → `['up', '1']`. */
  readonly prerelease: readonly string[];
}

const LENIENT = /^[vV]?(?<core>\d+(?:\.\d+)*)?[-_.]?(?<rest>[^+]*)/u;

/** Reads any string as a version; what is not a number becomes prerelease identifiers. Never throws. */
export function parseVersion(raw: string): Version {
  const groups = LENIENT.exec(raw)?.groups;
  const core = groups?.['core']?.split('.').map(withoutLeadingZeros) ?? [];
  const rest = groups?.['rest'] ?? '';
  return { raw, core, prerelease: rest === '' ? [] : rest.split('.') };
}

export function isPrerelease(version: Version): boolean {
  return version.prerelease.length > 0;
}

/**
 * A total order over all strings, that agrees with SemVer 2.0.0 (section 11) wherever both are SemVer. Versions that
 * rank equal there (`1.5` and `1.5.0`, or different build metadata) are ordered by their code points as written.
 */
export function compareVersions(a: string, b: string): number {
  return compareRanks(parseVersion(a), parseVersion(b)) || compareUtf8(a, b);
}

/** Orders versions as SemVer does: 0 where they differ in how they are written, or in build metadata, only. */
export function compareRanks(a: Version, b: Version): number {
  return compareCores(a.core, b.core) || comparePrereleases(a.prerelease, b.prerelease);
}

function compareCores(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = compareNumbers(a[index] ?? '0', b[index] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0);
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const order = compareIdentifiers(a[index] ?? '', b[index] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  const numericA = /^\d+$/u.test(a);
  const numericB = /^\d+$/u.test(b);
  if (numericA && numericB) return compareNumbers(withoutLeadingZeros(a), withoutLeadingZeros(b));
  if (numericA !== numericB) return numericA ? -1 : 1;
  return compareUtf8(a, b);
}

/** Compares decimal strings of any length, where a double would lose digits. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/u, '');
}
