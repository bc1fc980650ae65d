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

const PACK_FILE = 'pack.json';

/**
 * The directories below a root tree that globs name and that hold a `pack.json`, ordered by path. What lies inside a
 * pack belongs to that pack and is not looked at. Rejects with `too-many-directories` beyond `limit`.
 */
export async function packDirectories(
  trees: Trees,
  root: string,
  globs: readonly string[],
  limit: number = LIMITS.directories,
): Promise<PackDirectory[]> {
  const { default: fastGlob } = await import('fast-glob');
  const paths = await fastGlob([...globs], {
    cwd: VIRTUAL_ROOT,
    fs: treeFileSystem(trees, root, limit),
    onlyDirectories: true,
    followSymbolicLinks: false,
  });
  const found = new Map<string, PackDirectory>();
  for (const directory of [...new Set(paths.map(plain))].toSorted(compareText)) {
    if (foldersAbove(directory).some((folder) => found.has(folder))) continue;
    const entry = await entryAt(trees, root, directory);
    if (entry?.type === 'directory' && (await holdsPack(trees, entry.oid))) {
      found.set(directory, { directory, tree: entry.oid });
    }
  }
  return [...found.values()];
}

function foldersAbove(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

async function holdsPack(trees: Trees, oid: string): Promise<boolean> {
  const entries = await trees.read(oid);
  return entries.some((entry) => entry.name === PACK_FILE && entry.type !== 'directory');
}

/** The folders that globs start in (`packs/*` → `packs`): outside them nothing can match. */
export function globBases(globs: readonly string[]): string[] {
  // What a glob takes away (`!packs/old-*`, unlike the pattern `!(old)`) starts nowhere.
  const adding = globs.filter((glob) => !/^!(?!\()/u.test(glob));
  return [...new Set(adding.map(baseOf))].toSorted(compareText);
}

function baseOf(glob: string): string {
  const names = plain(glob).split('/');
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
    isDirectory: () => entry.type === 'directory',
    isSymbolicLink: () => entry.type === 'symlink',
    isBlockDevice: () => false,
    isCharacterDevice: () => false,
    isFIFO: () => false,
    isSocket: () => false,
  };
}
