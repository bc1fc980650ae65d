import { posix } from 'node:path';

import type { Finding } from '../../../model/finding.ts';
import type { ReadmeRules } from '../../../model/rules/readme-rules.ts';
import { suggest } from '../../../model/suggest.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { markdownLinks } from '../../../pack/markdown-links.ts';
import { placeAt } from '../../../pack/place.ts';
import type { LintPack } from '../../lint-pack.ts';
import { readmeFile } from './readme-file.ts';

/** Far more than anyone reads. */
const MOST_CHARACTERS = 1_048_576;
const MOST_SUGGESTIONS = 10;
const LONGEST_SUGGESTION = 200;

/** Every relative link and picture must lead to a file or folder of the pack. */
export function* brokenLink(pack: LintPack): Generator<Finding> {
  const file = readmeFile(pack);
  const text = file === undefined ? undefined : pack.text(file)?.slice(0, MOST_CHARACTERS);
  if (file === undefined || text === undefined) return;
  let there: ReadonlySet<string> | undefined;
  let suggestions = 0;
  for (const { target, start, end } of markdownLinks(text)) {
    const path = relativePath(target);
    if (path === undefined) continue;
    there ??= filesAndFolders(pack.files.keys());
    if (there.has(path)) continue;
    suggestions += 1;
    const args = brokenArgs(target, path, suggestions > MOST_SUGGESTIONS ? [] : pack.files.keys());
    yield findingOf('readme/broken-link', file, args, { place: placeAt(text, start, end) });
  }
}

function brokenArgs(target: string, path: string, candidates: Iterable<string>): ReadmeRules['readme/broken-link'] {
  const outside = path === '..' || path.startsWith('../');
  const suggestion = outside || path.length > LONGEST_SUGGESTION ? undefined : suggest(path, candidates);
  return { target, outside, ...(suggestion !== undefined && { suggestion }) };
}

/** The path that a link leads to, seen from the pack; undefined for what is no relative link. */
function relativePath(target: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|[/\\#?]|$)/iu.test(target) || /\{\{|\$\{/u.test(target)) return undefined;
  const plain = target
    .replace(/[?#].*$/su, '')
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/gu, '')
    .replaceAll('&amp;', '&');
  return posix.normalize(decoded(plain)).replace(/\/$/u, '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function filesAndFolders(paths: Iterable<string>): Set<string> {
  const there = new Set(['.']);
  for (const path of paths) {
    there.add(path);
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) there.add(path.slice(0, end));
  }
  return there;
}
