import type { Work } from './greedy-match.ts';
import {
  literalName,
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
  /** Indexes of rules that hold a plain name: looked up, where patterns are tried one after the other. */
  readonly names: ReadonlyMap<string, number>;
  readonly directories: ReadonlyMap<string, number>;
  /** Indexes of all other rules, last first. */
  readonly patterns: readonly number[];
}

/** Reads rules; Git's documentation of `.gitignore` says what they mean. Never throws. */
export function parseIgnoreRules(text: string): IgnoreRules {
  const lines = bytesOf(text.replace(/^\uFEFF/u, '')).split('\n');
  const rules = lines.flatMap(ruleOf);
  const names = new Map<string, number>();
  const directories = new Map<string, number>();
  const patterns: number[] = [];
  for (const [index, { pattern, directoriesOnly }] of rules.entries()) {
    const literal = 'name' in pattern ? literalName(pattern.name) : undefined;
    if (literal === undefined) patterns.push(index);
    else (directoriesOnly ? directories : names).set(literal, index);
  }
  return { rules, names, directories, patterns: patterns.toReversed() };
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
  const directories = new Map<string, boolean>([['', false]]);
  const ignored = (path: string, isDirectory: boolean): boolean => {
    const slash = path.lastIndexOf('/');
    return belowIgnored(path.slice(0, Math.max(slash, 0))) || verdict(sets, path, isDirectory, work);
  };
  const belowIgnored = (directory: string): boolean => {
    const known = directories.get(directory) ?? ignored(directory, true);
    directories.set(directory, known);
    return known;
  };
  return (path) => work.left >= 0 && !leadsElsewhere(path) && ignored(bytesOf(path), false);
}

function verdict(sets: readonly IgnoreRules[], path: string, isDirectory: boolean, work: Work): boolean {
  const names = path.split('/');
  for (const set of sets.toReversed()) {
    const rule = lastMatch(set, names, isDirectory, work);
    if (rule !== undefined) return !rule.negated;
  }
  return false;
}

function lastMatch(set: IgnoreRules, names: readonly string[], isDirectory: boolean, work: Work): Rule | undefined {
  const name = names.at(-1) ?? '';
  const literal = Math.max(set.names.get(name) ?? -1, isDirectory ? (set.directories.get(name) ?? -1) : -1);
  for (const index of set.patterns) {
    if (index < literal) break;
    if (work.left < 0) return undefined;
    const rule = set.rules[index];
    work.left -= 1;
    if (rule === undefined || (rule.directoriesOnly && !isDirectory)) continue;
    const { pattern } = rule;
    if ('name' in pattern ? matchesName(pattern.name, name, work) : matchesPath(pattern.path, names, work)) return rule;
  }
  return set.rules[literal];
}

function leadsElsewhere(path: string): boolean {
  return /(?:^|\/)\.{0,2}(?:\/|$)/u.test(path);
}

/** Git compares bytes: `?` is one of the two of an é. Each byte becomes a character of its own. */
function bytesOf(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
}
