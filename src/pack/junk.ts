import ignore from 'ignore';

/** What operating systems, editors and merges leave behind; never part of a release. */
export const JUNK: readonly string[] = [
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

/** Decides what is left out of a pack: junk, and what its `.packignore` (in the syntax of `.gitignore`) names. */
export function junkFilter(packignore: string = ''): (path: string) => boolean {
  const rules = ignore({ ignorecase: false })
    .add([...JUNK])
    .add(packignore);
  return (path) => ignore.isPathValid(path) && rules.ignores(path);
}
