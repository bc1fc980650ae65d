import type { Work } from './greedy-match.ts';
import {
  literalName,
  literalPath,
  matchesName,
  matchesPath,
  parseNames,
  pathPattern,
  type NamePattern,
  type PathPattern,
} from './ignore-pattern.ts';

interface Rule {
  readonly negated: boolean;
  readonly directoriesOnly: boolean;
  /** A name at any depth, or a path from the root. */
  readonly pattern: { readonly name: NamePattern } | { readonly path: PathPattern };
}

/** Rules in the syntax of `.gitignore`, ready to be asked; a rule wins over those before it. */
export interface IgnoreRules {
  readonly rules: readonly Rule[];
  /**
   * Indexes of rules without a wildcard, by the name, or by `/` and the path from the root: looked up, where patterns are
   * tried one after the other.
   */
  readonly literals: ReadonlyMap<string, number>;
  /** The same, for directories only. */
  readonly directories: ReadonlyMap<string, number>;
  /** Indexes of all other rules, last first. */
  readonly patterns: readonly number[];
}

/** Reads rules; Git's documentation of `.gitignore` says what they mean. Never throws. */
export function parseIgnoreRules(text: string): IgnoreRules {
  const lines = bytesOf(text.replace(/^\uFEFF/u, '')).split('\n');
  const rules = lines.flatMap(ruleOf);
  const literals = new Map<string, number>();
  const directories = new Map<string, number>();
  const patterns: number[] = [];
  for (const [index, { pattern, directoriesOnly }] of rules.entries()) {
    const literal = 'name' in pattern ? literalName(pattern.name) : literalPath(pattern.path);
    if (literal === undefined) patterns.push(index);
    else (directoriesOnly ? directories : literals).set(literal, index);
  }
  return { rules, literals, directories, patterns: patterns.toReversed() };
}

function ruleOf(line: string): Rule[] {
  if (line.startsWith('#')) return [];
  const [upToNul = ''] = line.replace(/\r$/u, '').split('\0', 1);
  const whole = withoutTrailingSpaces(upToNul);
  const negated = whole.startsWith('!');
  const directoriesOnly = whole.endsWith('/');
  const text = whole.slice(negated ? 1 : 0, directoriesOnly ? -1 : undefined);
  const names = parseNames(text.replace(/^\//u, ''));
  const [name = []] = names ?? [];
  if (names === undefined || text === '') return [];
  const pattern = text.includes('/') ? { path: pathPattern(names) } : { name };
  return [{ negated, directoriesOnly, pattern }];
}

/** A space behind a backslash stays. */
function withoutTrailingSpaces(text: string): string {
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === ' ') continue;
    end = at + 1;
  }
  return text.slice(0, end);
}

/**
 * Decides which paths of files, relative and with `/`, rules leave out; later sets of rules win over earlier ones. What
 * lies below a directory that is left out cannot be brought back. When the work is used up, nothing more is left out.
 */
export function ignoreFilter(sets: readonly IgnoreRules[], work: Work): (path: string) => boolean {
  const strongestFirst = sets.filter(({ rules }) => rules.length > 0).toReversed();
  const directories = new Map<string, Verdict>([['', 'kept']]);
  const verdictOn = (path: string, isDirectory: boolean): Verdict => {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    if (slash === 0 || ELSEWHERE.has(name)) return 'elsewhere';
    const above = directory(path.slice(0, Math.max(slash, 0)));
    if (above !== 'kept') return above;
    return isIgnored(strongestFirst, { path, name, isDirectory }, work) ? 'ignored' : 'kept';
  };
  const directory = (path: string): Verdict => {
    const known = directories.get(path) ?? verdictOn(path, true);
    directories.set(path, known);
    return known;
  };
  return (path) => work.left >= 0 && verdictOn(bytesOf(path), false) === 'ignored';
}

/** No rule speaks of paths that are not below the root. */
type Verdict = 'kept' | 'ignored' | 'elsewhere';

const ELSEWHERE: ReadonlySet<string> = new Set(['', '.', '..']);

/** A file or directory, in the characters that stand for bytes. */
interface Asked {
  readonly path: string;
  readonly name: string;
  readonly isDirectory: boolean;
}

function isIgnored(strongestFirst: readonly IgnoreRules[], asked: Asked, work: Work): boolean {
  for (const set of strongestFirst) {
    const rule = lastMatch(set, asked, work);
    if (rule !== undefined) return !rule.negated;
  }
  return false;
}

function lastMatch(set: IgnoreRules, { path, name, isDirectory }: Asked, work: Work): Rule | undefined {
  const { rules, literals, directories, patterns } = set;
  let literal = lastIndex(literals, path, name);
  if (isDirectory) literal = Math.max(literal, lastIndex(directories, path, name));
  for (const index of patterns) {
    if (index < literal) break;
    if (work.left < 0) return undefined;
    const rule = rules[index];
    work.left -= 1;
    if (rule === undefined || (rule.directoriesOnly && !isDirectory)) continue;
    const { pattern } = rule;
    const matches =
      'name' in pattern ? matchesName(pattern.name, name, work) : matchesPath(pattern.path, path.split('/'), work);
    if (matches) return rule;
  }
  return rules[literal];
}

function lastIndex(literals: ReadonlyMap<string, number>, path: string, name: string): number {
  return Math.max(literals.get(name) ?? -1, literals.get(`/${path}`) ?? -1);
}

/** Git compares bytes: `?` is one of the two of an é. Each byte becomes a character of its own. */
function bytesOf(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
}
