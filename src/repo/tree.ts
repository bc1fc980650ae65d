import { PackyardError } from '../errors.ts';
import type { GitObjects } from './git-objects.ts';

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
  const indexes = new Map<string, ReadonlyMap<string, TreeEntry>>();
  const read = (oid: string): Promise<readonly TreeEntry[]> => {
    const entries = known.get(oid) ?? readTree(objects, oid);
    known.set(oid, entries);
    return entries;
  };
  return {
    read,
    async find(oid, name) {
      const index = indexes.get(oid) ?? new Map((await read(oid)).map((entry) => [entry.name, entry]));
      indexes.set(oid, index);
      return index.get(name);
    },
  };
}

/** Reads one tree. Rejects with `git-failed` when it is none. */
export async function readTree(objects: GitObjects, oid: string): Promise<readonly TreeEntry[]> {
  const { type, data } = await objects.read(oid);
  if (type !== 'tree' || data === undefined) {
    throw new PackyardError({ code: 'git-failed', message: `Git object ${oid} is a ${type}, not a tree.` });
  }
  return parseTree(data, oid.length / 2);
}

/**
 * Parses a raw tree object: `<mode> <name>\0<oid bytes>`, again and again. Throws `git-failed` when it is cut off.
 * Source: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function parseTree(data: Buffer, oidBytes: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let offset = 0;
  while (offset < data.length) {
    const space = data.indexOf(0x20, offset);
    const end = data.indexOf(0x00, space);
    if (space === -1 || end === -1 || end + oidBytes >= data.length) throw damagedTree(offset);
    const mode = Number.parseInt(data.toString('latin1', offset, space), 8);
    offset = end + 1 + oidBytes;
    entries.push({
      name: data.toString('utf8', space + 1, end),
      type: TYPES.get(mode & 0o170000) ?? (mode & 0o100 ? 'executable' : 'file'),
      oid: data.toString('hex', end + 1, offset),
    });
  }
  return entries;
}

function damagedTree(offset: number): PackyardError {
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
