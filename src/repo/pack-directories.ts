import { posix } from 'node:path';

import { compareText } from '../model/compare-text.ts';
import { LIMITS } from '../model/limits.ts';
import { countedDirectories } from './match-directories.ts';
import { PACK_FILE, packFileAmong } from './pack-file.ts';
import { isText } from './tree-name.ts';
import { entryAt, type TreeEntry, type Trees } from './tree.ts';

/** A directory that holds a `pack.json`, by its path from the root and its Git tree id. */
export interface PackDirectory {
  readonly directory: string;
  readonly tree: string;
}

/** What globs name, or what lies where a pack would, but is not taken. */
export type SkippedDirectory =
  | { readonly kind: 'nested'; readonly path: string; readonly inside: string }
  | { readonly kind: 'symlink' | 'submodule'; readonly path: string }
  /** A pack at a path that is not UTF-8. */
  | { readonly kind: 'unicode'; readonly path: string }
  /** `found` is the file that would be `pack.json` if case did not count. */
  | { readonly kind: 'case'; readonly path: string; readonly found: string };

export interface PackDirectories {
  /** Ordered by path. */
  readonly packs: readonly PackDirectory[];
  /** Ordered by path. */
  readonly skipped: readonly SkippedDirectory[];
}

/** With how many directories had to be looked into, or rather more. */
export interface CountedPackDirectories extends PackDirectories {
  readonly count: number;
}

/**
 * The directories below a root tree that globs name and that hold a `pack.json`. What lies inside a pack belongs to that
 * pack. Rejects with `too-many-directories` beyond `limit`.
 */
export async function packDirectories(
  trees: Trees,
  root: string,
  globs: readonly string[],
  limit: number = LIMITS.directories,
): Promise<CountedPackDirectories> {
  const { paths, count } = await countedDirectories(trees, root, globs, limit);
  const packs = new Map<string, PackDirectory>();
  const skipped: SkippedDirectory[] = [];
  const named = [...new Set(paths.map(plain))].toSorted(compareText);
  // Asked for at once: one after the other, each would wait for Git.
  const entries = await Promise.all(named.map((path) => lookAt(trees, root, path)));
  for (const [index, path] of named.entries()) {
    const { entry, packFile } = entries[index] ?? {};
    if (entry === undefined) continue;
    const inside = foldersAbove(path).find((folder) => packs.has(folder));
    if (inside !== undefined) {
      // Links and submodules in a pack are among the pack's own findings.
      if (packFile === PACK_FILE) skipped.push({ kind: 'nested', path, inside });
    } else if (entry.type === 'symlink' || entry.type === 'submodule') {
      skipped.push({ kind: entry.type, path });
    } else if (packFile === PACK_FILE && !isText(path)) {
      skipped.push({ kind: 'unicode', path });
    } else if (packFile === PACK_FILE) {
      packs.set(path, { directory: path, tree: entry.oid });
    } else if (packFile !== undefined) {
      skipped.push({ kind: 'case', path, found: packFile });
    }
  }
  return { packs: [...packs.values()], skipped, count };
}

interface Looked {
  readonly entry?: TreeEntry;
  readonly packFile?: string | undefined;
}

async function lookAt(trees: Trees, root: string, path: string): Promise<Looked> {
  const entry = await entryAt(trees, root, path);
  if (entry === undefined) return {};
  return { entry, packFile: entry.type === 'directory' ? packFileAmong(await trees.read(entry.oid)) : undefined };
}

function foldersAbove(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

/** The folders that globs start in (`packs/*` → `packs`): outside them nothing can match. */
export function globBases(globs: readonly string[]): string[] {
  return [...new Set(addingGlobs(globs).map(baseOf))].toSorted(compareText);
}

/** The globs that add directories, without what stands around them; others (`!packs/old-*`, unlike `!(old)`) take away. */
export function addingGlobs(globs: readonly string[]): string[] {
  return globs.filter((glob) => !/^!(?!\()/u.test(glob)).map(plain);
}

function baseOf(glob: string): string {
  const names = glob.split('/');
  const firstPattern = names.findIndex((name) => /[*?[\]{}()!+@|\\]/u.test(name));
  const fixed = firstPattern === -1 ? names : names.slice(0, firstPattern);
  return fixed.length === 0 ? '.' : fixed.join('/');
}

/** fast-glob keeps the `./` in front of a glob and the `/` behind it. */
function plain(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/u, '');
}
