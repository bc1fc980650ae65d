import { posix, relative, resolve, sep } from 'node:path';

import { PackyardError } from '../errors.ts';
import { compareText } from '../model/compare-text.ts';
import { LIMITS } from '../model/limits.ts';
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
  /** `found` is the file that would be `pack.json` if case did not count. */
  | { readonly kind: 'case'; readonly path: string; readonly found: string };

export interface PackDirectories {
  /** Ordered by path. */
  readonly packs: readonly PackDirectory[];
  /** Ordered by path. */
  readonly skipped: readonly SkippedDirectory[];
}

const PACK_FILE = 'pack.json';

/**
 * The directories below a root tree that globs name and that hold a `pack.json`. What lies inside a pack belongs to that
 * pack. Rejects with `too-many-directories` beyond `limit`.
 */
export async function packDirectories(
  trees: Trees,
  root: string,
  globs: readonly string[],
  limit: number = LIMITS.directories,
): Promise<PackDirectories> {
  const { default: fastGlob } = await import('fast-glob');
  const paths = await fastGlob([...globs], {
    cwd: VIRTUAL_ROOT,
    fs: treeFileSystem(trees, root, limit),
    onlyDirectories: true,
    followSymbolicLinks: false,
  });
  const packs = new Map<string, PackDirectory>();
  const skipped: SkippedDirectory[] = [];
  for (const path of [...new Set(paths.map(plain))].toSorted(compareText)) {
    const entry = await entryAt(trees, root, path);
    if (entry === undefined) continue;
    const inside = foldersAbove(path).find((folder) => packs.has(folder));
    const packFile = entry.type === 'directory' ? await packFileIn(trees, entry.oid) : undefined;
    if (inside !== undefined) {
      // Links and submodules in a pack are among the pack's own findings.
      if (packFile === PACK_FILE) skipped.push({ kind: 'nested', path, inside });
    } else if (entry.type === 'symlink' || entry.type === 'submodule') {
      skipped.push({ kind: entry.type, path });
    } else if (packFile === PACK_FILE) {
      packs.set(path, { directory: path, tree: entry.oid });
    } else if (packFile !== undefined) {
      skipped.push({ kind: 'case', path, found: packFile });
    }
  }
  return { packs: [...packs.values()], skipped };
}

function foldersAbove(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

/** The name of a directory's `pack.json`, or of what differs from that in case only. */
async function packFileIn(trees: Trees, oid: string): Promise<string | undefined> {
  const entries = await trees.read(oid);
  const names = entries.filter(({ type }) => type !== 'directory').map(({ name }) => name);
  return names.includes(PACK_FILE) ? PACK_FILE : names.find((name) => name.toLowerCase() === PACK_FILE);
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

const VIRTUAL_ROOT = resolve('/');

type Callback<T> = (error: NodeJS.ErrnoException | null, value?: T) => void;

/** Shows a Git tree to fast-glob as if it were a file system, up to a limit: a few trees can make billions of paths. */
function treeFileSystem(trees: Trees, root: string, limit: number): Record<string, unknown> {
  const at = (path: string): Promise<TreeEntry | undefined> =>
    entryAt(trees, root, relative(VIRTUAL_ROOT, path).split(sep).join('/'));
  const stat = (path: string, callback: Callback<unknown>): void => {
    void answer(callback, async () => stats(required(await at(path), path)));
  };
  let directories = 0;
  const readdir = (path: string, _options: unknown, callback: Callback<unknown>): void => {
    void answer(callback, async () => {
      directories += 1;
      if (directories > limit) throw tooManyDirectories(limit);
      return (await trees.read(requiredFolder(await at(path), path).oid)).map(stats);
    });
  };
  return { lstat: stat, stat, readdir };
}

function tooManyDirectories(limit: number): PackyardError {
  return new PackyardError({
    code: 'too-many-directories',
    message: `The globs of "packs" in registry.yaml lead into more than ${limit} directories.`,
    hint: 'Name the folders that packs lie in, such as packs/*, and leave out **.',
  });
}

async function answer<T>(callback: Callback<T>, work: () => Promise<T>): Promise<void> {
  let value: T;
  try {
    value = await work();
  } catch (error) {
    callback(error as NodeJS.ErrnoException);
    return;
  }
  callback(null, value);
}

function required(entry: TreeEntry | undefined, path: string): TreeEntry {
  if (entry === undefined) throw Object.assign(new Error(`${path} is not in the tree`), { code: 'ENOENT' });
  return entry;
}

/** A file where a folder is wanted is, to a glob, as good as nothing there. */
function requiredFolder(entry: TreeEntry | undefined, path: string): TreeEntry {
  return required(entry?.type === 'directory' ? entry : undefined, path);
}

function stats(entry: TreeEntry): Record<string, unknown> {
  return {
    name: entry.name,
    isFile: () => entry.type === 'file' || entry.type === 'executable',
    // A link or a submodule stands where a directory is wanted: it is named, and not looked into.
    isDirectory: () => entry.type !== 'file' && entry.type !== 'executable',
    isSymbolicLink: () => entry.type === 'symlink',
    isBlockDevice: () => false,
    isCharacterDevice: () => false,
    isFIFO: () => false,
    isSocket: () => false,
  };
}
