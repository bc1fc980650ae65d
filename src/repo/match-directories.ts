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
): Promise<readonly string[]> {
  return (await countedDirectories(trees, root, globs, limit)).paths;
}

export interface CountedDirectories {
  readonly paths: readonly string[];
  /** What is held against the limit: how many directories were looked into, or stand side by side. */
  readonly count: number;
}

/** The same, with their count. */
export async function countedDirectories(
  trees: Trees,
  root: string,
  globs: readonly string[],
  limit: number,
): Promise<CountedDirectories> {
  // The usual globs need no library, which takes longer to load than to ask.
  if (globs.every((glob) => PLAIN.test(glob))) return matchPlain(trees, root, globs, limit);
  const { default: fastGlob } = await import('fast-glob');
  const counter = { directories: 0 };
  const paths = await fastGlob([...globs], {
    cwd: VIRTUAL_ROOT,
    fs: treeFileSystem(trees, root, limit, counter),
    onlyDirectories: true,
    followSymbolicLinks: false,
  });
  return { paths, count: counter.directories };
}

/** Names, and stars for whole names: `packs/*`. */
const PLAIN = /^(?:\*|[\w-][\w.-]*)(?:\/(?:\*|[\w-][\w.-]*))*$/u;

interface Step {
  readonly folder: TreeEntry;
  readonly path: string;
}

/** Level after level, so that Git is asked for all directories of a level at once. */
async function matchPlain(
  trees: Trees,
  root: string,
  globs: readonly string[],
  limit: number,
): Promise<CountedDirectories> {
  const matched = new Set<string>();
  let most = 0;
  const walked = new Set<string>();
  for (const glob of globs) {
    let steps: Step[] = [{ folder: { name: '', type: 'directory', oid: root }, path: '' }];
    for (const name of glob.split('/')) {
      const folders = steps.filter(({ folder }) => folder.type === 'directory');
      for (const { path } of folders) walked.add(path);
      if (walked.size > limit) throw tooManyDirectories(limit);
      steps = await allBelow(trees, folders, name, limit);
      most = Math.max(most, steps.length);
    }
    for (const { path } of steps) matched.add(path);
  }
  return { paths: [...matched], count: Math.max(most, walked.size) };
}

/** How many directories are asked for together. */
const WINDOW = 256;

/** A few trees can stand for billions of directories: it is over as soon as there are more than the limit. */
async function allBelow(trees: Trees, folders: readonly Step[], name: string, limit: number): Promise<Step[]> {
  const found: Step[] = [];
  for (let start = 0; start < folders.length; start += WINDOW) {
    const window = folders.slice(start, start + WINDOW);
    for (const steps of await Promise.all(window.map((step) => below(trees, step, name)))) {
      found.push(...steps);
      if (found.length > limit) throw tooManyDirectories(limit);
    }
  }
  return found;
}

async function below(trees: Trees, { folder, path }: Step, name: string): Promise<Step[]> {
  const star = name === '*';
  const named = star ? await trees.read(folder.oid) : [await trees.find(folder.oid, name)];
  return named.flatMap((entry): Step[] => {
    if (entry === undefined || isFile(entry) || (star && entry.name.startsWith('.'))) return [];
    return [{ folder: entry, path: path === '' ? entry.name : `${path}/${entry.name}` }];
  });
}

const VIRTUAL_ROOT = resolve('/');

type Callback<T> = (error: NodeJS.ErrnoException | null, value?: T) => void;

/** Shows a Git tree to fast-glob as if it were a file system, up to a limit: a few trees can make billions of paths. */
function treeFileSystem(
  trees: Trees,
  root: string,
  limit: number,
  counter: { directories: number },
): Record<string, unknown> {
  const at = (path: string): Promise<TreeEntry | undefined> =>
    entryAt(trees, root, relative(VIRTUAL_ROOT, path).split(sep).join('/'));
  const stat = (path: string, callback: Callback<unknown>): void => {
    void answer(callback, async () => stats(required(await at(path), path)));
  };
  const readdir = (path: string, _options: unknown, callback: Callback<unknown>): void => {
    void answer(callback, async () => {
      counter.directories += 1;
      if (counter.directories > limit) throw tooManyDirectories(limit);
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
