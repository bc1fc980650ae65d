import { compareRanks, compareVersions, isPrerelease, parseVersion, type Version } from './version.ts';

/** Which versions are meant: one, a train, or a range. */
export interface Selector {
  /** As written. */
  readonly text: string;
  /** A version is meant when it fits all comparators of one of them. */
  readonly alternatives: readonly (readonly Comparator[])[];
}

/** One condition of a version. */
export type Comparator = ExactVersion | Bound;

/** A version without an operator: `1.3.1`. */
interface ExactVersion {
  readonly kind: 'exact';
  readonly version: Version;
}

interface Bound {
  readonly kind: '<' | '<=' | '>' | '>=' | '=';
  readonly version: Version;
  /** The end of a train: prereleases of its first version belong to it. */
  readonly train: boolean;
}

/** Characters of a selector: enough for a dozen alternatives. */
const LONGEST = 256;

const VERSION = /^[vV]?[0-9](?:[0-9A-Za-z.+_-]*[0-9A-Za-z])?$/u;
const PARTIAL = /^[vV]?(?<parts>(?:[0-9]+|[xX*])(?:\.(?:[0-9]+|[xX*]))*)$/u;
const HYPHEN = /^(?<from>\S+)\s+-\s+(?<to>\S+)$/u;
const OPERATORS = /^(?<operator>\^|~>?|[<>]?=?)(?<operand>.*)$/u;

/**
 * Reads which versions are meant; undefined when the text does not say.
 *
 * - `1.3.1`, `1.5`, `2.0.1-up.1`: that version, also where it is written `v1.3.1` or `1.5.0`; build metadata counts only
 *   where the selector has some
 * - `1.x`, `1.3.x`, `*`: a train, with its prereleases
 * - `>=1.2 <2`, `^1.2`, `~1.2`, `1.2 - 1.4`, and several of them with `||` between: ranges as npm reads them, over
 *   lenient versions with any count of numbers. Prereleases belong to a range by their order alone.
 */
export function parseSelector(text: string): Selector | undefined {
  if (text.length > LONGEST) return undefined;
  const alternatives: (readonly Comparator[])[] = [];
  for (const part of text.split('||')) {
    const comparators = parseRange(part.trim());
    if (comparators === undefined) return undefined;
    alternatives.push(comparators);
  }
  return { text, alternatives };
}

function parseRange(text: string): readonly Comparator[] | undefined {
  const { from, to } = HYPHEN.exec(text)?.groups ?? {};
  const spaced =
    from !== undefined && to !== undefined
      ? [`>=${from}`, `<=${to}`]
      : text.replace(/(?<=[<>=^~])\s+/gu, '').split(/\s+/u);
  const comparators: Comparator[] = [];
  for (const part of spaced) {
    const parsed = parseComparator(part);
    if (parsed === undefined) return undefined;
    comparators.push(...parsed);
  }
  return comparators;
}

function parseComparator(text: string): readonly Comparator[] | undefined {
  const { operator = '', operand = '' } = OPERATORS.exec(text)?.groups ?? {};
  const parts = PARTIAL.exec(operand)?.groups?.['parts']?.split('.');
  const wildcard = parts?.findIndex((part) => !/^[0-9]+$/u.test(part)) ?? -1;
  const version = parseVersion(operand);
  if (parts !== undefined && (wildcard !== -1 || (operator !== '' && parts.length < 3))) {
    return ofTrain(operator, parseVersion(parts.slice(0, wildcard === -1 ? parts.length : wildcard).join('.')).core);
  }
  if (!VERSION.test(operand)) return undefined;
  return ofVersion(operator, version);
}

/** What an operator makes of a train, which `1.3` is to one: `<=1.3` goes up to the last version of it. */
function ofTrain(operator: string, core: readonly string[]): readonly Comparator[] {
  const [own, next] = [bound('>=', core), bound('<', after(core, core.length - 1))];
  if (core.length === 0) return operator === '<' || operator === '>' ? NOTHING : [];
  switch (operator) {
    case '<':
      return [bound('<', core)];
    case '<=':
      return [next];
    case '>':
      return [bound('>=', next.version.core)];
    case '>=':
      return [own];
    case '^':
      return [own, bound('<', after(core, firstNumber(core)))];
    case '~':
    case '~>':
      return [own, bound('<', after(core, Math.min(1, core.length - 1)))];
    default:
      return [own, next];
  }
}

function ofVersion(operator: string, version: Version): readonly Comparator[] {
  const { core } = version;
  const own: Bound = { kind: '>=', version, train: false };
  switch (operator) {
    case '':
      return [{ kind: 'exact', version }];
    case '^':
      return [own, bound('<', after(core, firstNumber(core)))];
    case '~':
    case '~>':
      return [own, bound('<', after(core, Math.min(1, core.length - 1)))];
    default:
      return [{ kind: operator as Bound['kind'], version, train: false }];
  }
}

/** Where nothing is to match: no version is below the lowest one. */
const NOTHING: readonly Comparator[] = [bound('<', ['0'])];

/** The lowest prerelease is `0`. */
function bound(kind: Bound['kind'], core: readonly string[]): Bound {
  return { kind, version: { raw: '', core, prerelease: ['0'] }, train: true };
}

/** The first numbers behind all that begin with the same ones up to an index. */
function after(core: readonly string[], index: number): readonly string[] {
  return core.slice(0, index + 1).map((part, at) => (at === index ? String(BigInt(part) + 1n) : part));
}

/** A caret keeps the first number that is not 0. */
function firstNumber(core: readonly string[]): number {
  const index = core.findIndex((part) => part !== '0');
  return index === -1 ? core.length - 1 : index;
}

/** Whether a version is meant. A version that does not begin with numbers is meant by `*` only. */
export function matches(selector: Selector, version: string | Version): boolean {
  const parsed = typeof version === 'string' ? parseVersion(version) : version;
  return selector.alternatives.some((comparators) => comparators.every((comparator) => fits(comparator, parsed)));
}

/**
 * The highest of some versions that is meant; undefined when none is. Prereleases count only where the selector names
 * one of the same numbers, or nothing else is left.
 */
export function highestMatching(versions: Iterable<string>, selector: Selector): string | undefined {
  const meant = [...versions].filter((version) => matches(selector, version)).toSorted((a, b) => compareVersions(b, a));
  return (
    meant.find((version) => version === selector.text) ??
    meant.find((version) => isAskedFor(selector, parseVersion(version))) ??
    meant[0]
  );
}

/** Whether a version may be taken by somebody who did not say anything about prereleases. */
function isAskedFor({ alternatives }: Selector, version: Version): boolean {
  return alternatives.some(
    (comparators) =>
      comparators.every((comparator) => fits(comparator, version)) &&
      (!isPrerelease(version) || comparators.some((comparator) => namesPrerelease(comparator, version))),
  );
}

function namesPrerelease(comparator: Comparator, { core }: Version): boolean {
  if (comparator.kind === 'exact') return true;
  const { version, train } = comparator;
  return !train && isPrerelease(version) && compareRanks({ ...version, prerelease: [] }, versionOf(core)) === 0;
}

function versionOf(core: readonly string[]): Version {
  return { raw: '', core, prerelease: [] };
}

function fits(comparator: Comparator, version: Version): boolean {
  if (comparator.kind === 'exact') return isSame(comparator.version, version);
  if (version.core.length === 0) return false;
  const order = compareRanks(version, comparator.version);
  switch (comparator.kind) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return order === 0;
  }
}

function isSame(asked: Version, version: Version): boolean {
  if (asked.raw === version.raw) return true;
  return !asked.raw.includes('+') && version.core.length > 0 && compareRanks(asked, version) === 0;
}
