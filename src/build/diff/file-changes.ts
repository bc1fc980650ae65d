import { compareText } from '../../model/compare-text.ts';
import { LIMITS } from '../../model/limits.ts';
import { withoutJunk } from '../../pack/without-junk.ts';
import { listFiles, type PackFileEntry } from '../../repo/pack-files.ts';
import type { Snapshot } from '../../repo/snapshot.ts';
import { firstOf } from './part.ts';
import type { FileChange, FilesDiff, Part } from './registry-diff.ts';

/** How many paths of each kind are kept. */
const MOST = 500;

type Files = ReadonlyMap<string, PackFileEntry>;

/** The files that are published of a tree, by path; undefined when there are more than a pack may have. */
export async function publishedFiles({ trees, objects }: Snapshot, tree: string): Promise<Files | undefined> {
  const listed = await listFiles(trees, tree, LIMITS.packFiles);
  if ('beyond' in listed) return undefined;
  const { kept } = await withoutJunk(objects, listed.files);
  return new Map(kept.map((entry) => [entry.path, entry]));
}

/** Whether two lists of files are the same, contents and modes as well. */
export function isSameFiles(one: Files, other: Files): boolean {
  return one.size === other.size && [...one].every(([path, entry]) => isSame(entry, other.get(path)));
}

/** Compares by object id; reads sizes of what differs only. */
export async function fileChanges(snapshot: Snapshot, before: Files, after: Files): Promise<FilesDiff> {
  const sizeOf = async (entry: PackFileEntry | undefined): Promise<number | undefined> =>
    entry === undefined || entry.type === 'submodule' ? undefined : (await snapshot.objects.read(entry.oid, 0)).size;
  const described = async (paths: readonly string[]): Promise<Part<FileChange>> => {
    const { items, more } = firstOf(paths, MOST);
    const changes = items.map(async (path): Promise<FileChange> => {
      const [old, now] = [await sizeOf(before.get(path)), await sizeOf(after.get(path))];
      return { path, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) };
    });
    return { items: await Promise.all(changes), more };
  };
  const [old, now] = [[...before.keys()].toSorted(compareText), [...after.keys()].toSorted(compareText)];
  const changed = now.filter((path) => before.has(path) && !isSame(before.get(path), after.get(path)));
  return {
    total: after.size,
    added: await described(now.filter((path) => !before.has(path))),
    removed: await described(old.filter((path) => !after.has(path))),
    changed: await described(changed),
  };
}

function isSame(one: PackFileEntry | undefined, other: PackFileEntry | undefined): boolean {
  return one?.oid === other?.oid && one?.type === other?.type;
}
