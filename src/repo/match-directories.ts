import { relative, resolve, sep } from 'node:path';

import { PackyardError } from '../errors.ts';
import { entryAt, type TreeEntry, type Trees } from './tree.ts';

/**
 * Paths of the directories below a root tree that globs name, in no order; links and submodules, which stand where a
 * directory could be, are among them. Rejects with `too-many-directories` beyond `limit`.
 */
export async function matchDirectories(
  trees: Trees,
  root: string,
  globs: readonly string[],
  limit: number,
): Promise<string[]> {
  // The usual globs need no library, which takes longer to load than to ask.
  if (globs.every((glob) => PLAIN.test(glob))) return matchPlain(trees, root, globs, limit);
  const { default: fastGlob } = await import('fast-glob');
  return fastGlob([...globs], {
    cwd: VIRTUAL_ROOT,
    fs: treeFileSystem(trees, root, limit),
    onlyDirectories: true,
    followSymbolicLinks: false,
  });
}

/** Names, and stars for whole names: `packs/*`. */
const PLAIN = /^(?:\*|[\w-][\w.-]*)(?:\/(?:\*|[\w-][\w.-]*))*$/u;

/** Each directory is read once, however many globs lead there. */
async function matchPlain(trees: Trees, root: string, globs: readonly string[], limit: number): Promise<string[]> {
  const matched = new Set<string>();
  const walked = new Set<string>();
  const walk = async (folder: TreeEntry, path: string, names: readonly string[]): Promise<void> => {
    const [name, ...rest] = names;
    if (name === undefined) {
      matched.add(path);
      return;
    }
    if (folder.type !== 'directory') return;
    walked.add(path);
    if (walked.size > limit) throw tooManyDirectories(limit);
    const star = name === '*';
    const named = star ? await trees.read(folder.oid) : [await trees.find(folder.oid, name)];
    for (const entry of named) {
      if (entry === undefined || isFile(entry) || (star && entry.name.startsWith('.'))) continue;
      await walk(entry, path === '' ? entry.name : `${path}/${entry.name}`, rest);
    }
  };
  const top: TreeEntry = { name: '', type: 'directory', oid: root };
  for (const glob of globs) await walk(top, '', glob.split('/'));
  return [...matched];
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
    isFile: () => isFile(entry),
    // A link or a submodule stands where a directory is wanted: it is named, and not looked into.
    isDirectory: () => !isFile(entry),
    isSymbolicLink: () => entry.type === 'symlink',
    isBlockDevice: () => false,
    isCharacterDevice: () => false,
    isFIFO: () => false,
    isSocket: () => false,
  };
}

function isFile({ type }: TreeEntry): boolean {
  return type === 'file' || type === 'executable';
}
