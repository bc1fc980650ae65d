import { PackyardError } from '../errors.ts';
import type { GitObjects } from './git-objects.ts';
import { treeName } from './tree-name.ts';

export type TreeEntryType = 'file' | 'executable' | 'directory' | 'symlink' | 'submodule';

/** One name in a Git tree. */
export interface TreeEntry {
  readonly name: string;
  readonly type: TreeEntryType;
  readonly oid: string;
}

/** By the upper bits of the mode; all others are files. */
const TYPES: ReadonlyMap<number, TreeEntryType> = new Map([
  [0o040000, 'directory'],
  [0o120000, 'symlink'],
  [0o160000, 'submodule'],
]);

/** Reads trees by object id, each once. */
export interface Trees {
  read(oid: string): Promise<readonly TreeEntry[]>;
  /** The entry of a name; in large trees as quick as in small ones. */
  find(oid: string, name: string): Promise<TreeEntry | undefined>;
}

export function treesOf(objects: GitObjects): Trees {
  const known = new Map<string, Promise<readonly TreeEntry[]>>();
  const indexes = new Map<string, Promise<ReadonlyMap<string, TreeEntry>>>();
  const read = (oid: string): Promise<readonly TreeEntry[]> => {
    const entries = known.get(oid) ?? readTree(objects, oid);
    known.set(oid, entries);
    return entries;
  };
  const indexOf = async (oid: string): Promise<ReadonlyMap<string, TreeEntry>> =>
    new Map((await read(oid)).map((entry) => [entry.name, entry]));
  return {
    read,
    async find(oid, name) {
      // Kept before it is there: thousands may ask in the same moment.
      const index = indexes.get(oid) ?? indexOf(oid);
      indexes.set(oid, index);
      return (await index).get(name);
    },
  };
}

/** Reads one tree. Rejects with `git-failed` when it is none. */
export async function readTree(objects: GitObjects, oid: string): Promise<readonly TreeEntry[]> {
  return parseTree(await readRawTree(objects, oid), oid.length / 2);
}

/** Reads one tree as Git stores it. Rejects with `git-failed` when it is none. */
export async function readRawTree(objects: GitObjects, oid: string): Promise<Buffer> {
  const { type, data } = await objects.read(oid);
  if (type !== 'tree' || data === undefined) {
    throw new PackyardError({ code: 'git-failed', message: `Git object ${oid} is a ${type}, not a tree.` });
  }
  return data;
}

/**
 * Parses a raw tree object: `<mode> <name>\0<oid bytes>`, again and again. Throws `git-failed` when it is cut off.
 * Source: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function parseTree(data: Buffer, oidBytes: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let start = 0; start < data.length;) {
    const end = treeEntryEnd(data, start, oidBytes);
    entries.push(parseTreeEntry(data, start, end, oidBytes));
    start = end;
  }
  return entries;
}

/** The offset behind the entry of a raw tree object that begins at an offset. Throws `git-failed` when it is cut off. */
export function treeEntryEnd(data: Buffer, start: number, oidBytes: number): number {
  let offset = start;
  // Byte by byte is quicker than `indexOf`, so short are names.
  while (offset < data.length && data[offset] !== 0x20) offset += 1;
  while (offset < data.length && data[offset] !== 0x00) offset += 1;
  const end = offset + 1 + oidBytes;
  if (end > data.length) throw damagedTree(start);
  return end;
}

/** The entry between two offsets of a raw tree object. */
export function parseTreeEntry(data: Buffer, start: number, end: number, oidBytes: number): TreeEntry {
  const space = data.indexOf(0x20, start);
  const mode = Number.parseInt(data.toString('latin1', start, space), 8);
  return {
    name: treeName(data.subarray(space + 1, end - oidBytes - 1)),
    type: TYPES.get(mode & 0o170000) ?? (mode & 0o100 ? 'executable' : 'file'),
    oid: data.toString('hex', end - oidBytes, end),
  };
}

export function damagedTree(offset: number): PackyardError {
  return new PackyardError({
    code: 'git-failed',
    message: `A Git tree is damaged: its entry at byte ${offset} is cut off.`,
    hint: 'Run `git fsck` to find it, or fetch the repository again.',
  });
}

/** Follows a path from a tree; undefined when nothing is there. */
export async function entryAt(trees: Trees, root: string, path: string): Promise<TreeEntry | undefined> {
  let entry: TreeEntry = { name: '', type: 'directory', oid: root };
  for (const name of path.split('/').filter((segment) => segment !== '' && segment !== '.')) {
    if (entry.type !== 'directory') return undefined;
    const next: TreeEntry | undefined = await trees.find(entry.oid, name);
    if (next === undefined) return undefined;
    entry = next;
  }
  return entry;
}
