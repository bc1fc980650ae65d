import { changedEntries } from './changed-entries.ts';
import type { GitObjects } from './git-objects.ts';
import { packFilesIn } from './pack-file.ts';
import { readRawTree, type TreeEntry } from './tree.ts';

/** A directory that two roots have at the same path, with another content. */
export interface ChangedFolder {
  /** From the root; empty for the root itself. */
  readonly path: string;
  /** Tree id that it has now. */
  readonly oid: string;
  /**
   * What changed in it, by name: what is there now, or undefined for what is gone. Whatever makes a pack of it, or would if
   * case did not count, is among them, changed or not.
   */
  readonly entries: ReadonlyMap<string, TreeEntry | undefined>;
  /** Those of the entries that are such directories themselves, as far as the reach goes. */
  readonly folders: ReadonlyMap<string, ChangedFolder>;
}

/** Whether a directory is worth comparing. */
export type Reach = (path: string) => boolean;

/** A few trees can stand for billions of directories: beyond this, comparing is not quicker than looking. */
const MOST_FOLDERS = 20_000;

interface Pair {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

interface Opened extends ChangedFolder {
  readonly folders: Map<string, ChangedFolder>;
}

/**
 * The directories that differ between two roots, as a tree. Undefined where they cannot be told, or are too many.
 * Rejects with `git-failed` when a tree is not there.
 */
export async function changedFolders(
  objects: GitObjects,
  before: string,
  after: string,
  reach: Reach,
): Promise<ChangedFolder | undefined> {
  let root: Opened | undefined;
  let count = 0;
  let level: { readonly pair: Pair; readonly parent: Opened | undefined; readonly name: string }[] = [
    { pair: { path: '', before, after }, parent: undefined, name: '' },
  ];
  while (level.length > 0) {
    count += level.length;
    if (count > MOST_FOLDERS) return undefined;
    const next: typeof level = [];
    // All of a level are asked for at once: one after the other, each would wait for Git.
    const opened = await Promise.all(level.map(({ pair }) => open(objects, pair)));
    for (const [index, { parent, name }] of level.entries()) {
      const { folder, pairs } = opened[index] ?? {};
      if (folder === undefined || pairs === undefined) return undefined;
      root ??= folder;
      parent?.folders.set(name, folder);
      for (const [below, pair] of pairs) if (reach(pair.path)) next.push({ pair, parent: folder, name: below });
    }
    level = next;
  }
  return root;
}

async function open(
  objects: GitObjects,
  { path, before, after }: Pair,
): Promise<{ folder?: Opened; pairs?: ReadonlyMap<string, Pair> }> {
  const [old, fresh] = await Promise.all([readRawTree(objects, before), readRawTree(objects, after)]);
  const changed = changedEntries(old, fresh, after.length / 2);
  if (changed === undefined) return {};
  const pairs = new Map<string, Pair>();
  for (const entry of changed) {
    if (entry.before?.type !== 'directory' || entry.after?.type !== 'directory') continue;
    const below = path === '' ? entry.name : `${path}/${entry.name}`;
    pairs.set(entry.name, { path: below, before: entry.before.oid, after: entry.after.oid });
  }
  const packFiles = packFilesIn(fresh, after.length / 2).map((entry) => [entry.name, entry] as const);
  const entries = new Map([...packFiles, ...changed.map((entry) => [entry.name, entry.after] as const)]);
  return { folder: { path, oid: after, entries, folders: new Map() }, pairs };
}
