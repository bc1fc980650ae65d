import { LIMITS } from '../model/limits.ts';
import type { Work } from './greedy-match.ts';
import { ignoreFilter, parseIgnoreRules } from './ignore-rules.ts';

/** What operating systems, editors and merges leave behind; never part of a release. */
const JUNK: readonly string[] = [
  '.DS_Store',
  '._*',
  '.AppleDouble/',
  '__MACOSX/',
  'Thumbs.db',
  'desktop.ini',
  '*.orig',
  '*.rej',
  '*~',
  '\\#*\\#',
  '.\\#*',
  '*.swp',
  '*.swo',
  '*.tmp',
  '*.bak',
  '.idea/',
  '.vscode/',
  '/.packignore',
];

const JUNK_RULES = parseIgnoreRules(JUNK.join('\n'));

/**
 * Decides what is left out of a pack: junk, and what its `.packignore` (in the syntax of `.gitignore`) names. When the
 * work that it may take is used up, nothing more is left out.
 */
export function junkFilter(
  packignore: string = '',
  work: Work = { left: LIMITS.packignoreSteps },
): (path: string) => boolean {
  return ignoreFilter([JUNK_RULES, parseIgnoreRules(packignore)], work);
}
