import { compareText } from '../model/compare-text.ts';
import { LIMITS } from '../model/limits.ts';
import { changedFolders, type ChangedFolder, type Reach } from './changed-folders.ts';
import type { GitObjects } from './git-objects.ts';
import { globDepths } from './glob-depths.ts';
import { globBases, packDirectories, type CountedPackDirectories, type PackDirectory } from './pack-directories.ts';
import type { TreeEntry, Trees } from './tree.ts';

/** What was found below an earlier root. */
export interface EarlierDirectories extends CountedPackDirectories {
  /** Tree id of that root. */
  readonly root: string;
}

/**
 * The same as `packDirectories`, from what was found for the same globs below another root: only what differs between
 * the two is looked at. Undefined where that is not possible, or not quicker.
 */
export async function packDirectoriesSince(
  { objects, trees }: { readonly objects: GitObjects; readonly trees: Trees },
  root: string,
  globs: readonly string[],
  earlier: EarlierDirectories,
  limit: number = LIMITS.directories,
): Promise<CountedPackDirectories | undefined> {
  // Git may have thrown the earlier root away; what is missing now is said by whoever looks at everything.
  const folder = await changedFolders(objects, earlier.root, root, reachOf(globs)).catch(() => undefined);
  if (folder === undefined) return undefined;
  const look = (whole: ReadonlySet<string>): Promise<CountedPackDirectories> =>
    lookAtChanges(trees, folder, whole, globs, limit);
  const first = await look(new Set());
  const whole = turned(folder, earlier.packs, first.packs);
  const found = whole.size === 0 ? first : await look(whole);
  const count = earlier.count + found.count;
  // Whoever looks at everything counts exactly.
  if (count > limit) return undefined;
  const stays = (path: string): boolean => isUnchanged(folder, whole, path);
  return {
    packs: merged(earlier.packs, found.packs, ({ directory }) => directory, stays),
    skipped: merged(earlier.skipped, found.skipped, ({ path }) => path, stays),
    count,
  };
}

/** Where comparing pays: between the bases of globs and as deep as they go. Elsewhere a changed directory is looked at whole. */
function reachOf(globs: readonly string[]): Reach {
  const bases = globBases(globs);
  const deepest = Math.max(0, ...globDepths(globs, 0));
  return (path) =>
    path.split('/').length < deepest &&
    bases.some((base) => base === '.' || `${base}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${base}/`));
}

/** Looks at trees that hold nothing but what changed; below some directories, at everything. */
async function lookAtChanges(
  trees: Trees,
  root: ChangedFolder,
  whole: ReadonlySet<string>,
  globs: readonly string[],
  limit: number,
): Promise<CountedPackDirectories> {
  // The same tree can be shown in part at one path and as a whole at another, so that those shown in part have other ids.
  const parts = new Map<string, ReadonlyMap<string, TreeEntry>>();
  for (const folder of below(root)) parts.set(idOf(folder), entriesOf(folder, whole));
  const changes: Trees = {
    read: async (oid) => {
      const part = parts.get(oid);
      return part === undefined ? trees.read(oid) : [...part.values()];
    },
    find: async (oid, name) => {
      const part = parts.get(oid);
      return part === undefined ? trees.find(oid, name) : part.get(name);
    },
  };
  const { packs, ...found } = await packDirectories(changes, idOf(root), globs, limit);
  return { ...found, packs: packs.map(({ directory, tree }) => ({ directory, tree: tree.split(' ', 1)[0] ?? tree })) };
}

function idOf({ oid, path }: ChangedFolder): string {
  return `${oid} ${path}`;
}

function entriesOf({ entries, folders }: ChangedFolder, whole: ReadonlySet<string>): Map<string, TreeEntry> {
  const shown = new Map<string, TreeEntry>();
  for (const [name, entry] of entries) {
    if (entry === undefined) continue;
    const folder = folders.get(name);
    shown.set(name, folder === undefined || whole.has(folder.path) ? entry : { ...entry, oid: idOf(folder) });
  }
  return shown;
}

/** A folder and those below it. */
function below(root: ChangedFolder): ChangedFolder[] {
  const folders = [root];
  // The list grows while it is walked.
  for (const folder of folders) for (const child of folder.folders.values()) folders.push(child);
  return folders;
}

/** Paths of the changed directories that became packs or are none any more: all below them means something else now. */
function turned(root: ChangedFolder, before: readonly PackDirectory[], now: readonly PackDirectory[]): Set<string> {
  const paths = new Set(below(root).map(({ path }) => path));
  const among = (packs: readonly PackDirectory[]): Set<string> =>
    new Set(packs.map(({ directory }) => directory).filter((directory) => paths.has(directory)));
  const [old, fresh] = [among(before), among(now)];
  return new Set([...paths].filter((path) => old.has(path) !== fresh.has(path)));
}

/** Whether what is at a path, and what is around it, is what it was. */
function isUnchanged(root: ChangedFolder, whole: ReadonlySet<string>, path: string): boolean {
  if (path === '.') return false;
  let folder: ChangedFolder | undefined = root;
  for (let start = 0; start < path.length;) {
    const slash = path.indexOf('/', start);
    const name: string = path.slice(start, slash === -1 ? undefined : slash);
    if (!folder.entries.has(name)) return true;
    folder = folder.folders.get(name);
    if (folder === undefined || whole.has(folder.path) || slash === -1) return false;
    start = slash + 1;
  }
  return false;
}

function merged<Item>(
  earlier: readonly Item[],
  found: readonly Item[],
  pathOf: (item: Item) => string,
  stays: (path: string) => boolean,
): Item[] {
  const kept = earlier.filter((item) => stays(pathOf(item)));
  return [...kept, ...found].toSorted((a, b) => compareText(pathOf(a), pathOf(b)));
}
