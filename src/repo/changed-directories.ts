import { damagedTree } from './tree.ts';

/** A directory that one of two trees does not have, or has with another content. */
export interface ChangedDirectory {
  readonly name: string;
  /** Tree id in the first tree. */
  readonly before?: string;
  /** Tree id in the second tree. */
  readonly after?: string;
}

/**
 * What differs between two raw tree objects, as far as it is a directory. Entries that are the same in both are passed
 * over without looking into them, because a folder of ten thousand packs changes in one of them.
 */
export function changedDirectories(before: Buffer, after: Buffer, oidBytes: number): ChangedDirectory[] {
  const changed = new Map<string, { name: string; before?: string; after?: string }>();
  const add = (data: Buffer, { key, directory, end }: RawEntry, side: 'before' | 'after'): void => {
    if (!directory) return;
    const name = key.toString('utf8', 0, key.length - 1);
    changed.set(name, { ...(changed.get(name) ?? { name }), [side]: data.toString('hex', end - oidBytes, end) });
  };
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    const same = sameEntry(before, left, after, right, oidBytes);
    if (same > 0) {
      left += same;
      right += same;
      continue;
    }
    const [old, fresh] = [entryAt(before, left, oidBytes), entryAt(after, right, oidBytes)];
    const order = old === undefined ? 1 : fresh === undefined ? -1 : Buffer.compare(old.key, fresh.key);
    if (old !== undefined && order <= 0) {
      add(before, old, 'before');
      left = old.end;
    }
    if (fresh !== undefined && order >= 0) {
      add(after, fresh, 'after');
      right = fresh.end;
    }
  }
  return [...changed.values()].filter((change) => change.before !== change.after);
}

/** Whether a raw tree object has an entry of a name that is no directory. */
export function holdsFile(data: Buffer, name: string, oidBytes: number): boolean {
  const key = Buffer.from(name);
  for (let entry = entryAt(data, 0, oidBytes); entry !== undefined; entry = entryAt(data, entry.end, oidBytes)) {
    if (entry.key.equals(key)) return true;
  }
  return false;
}

/** The length of the entry that both have at their offsets; 0 where they differ. */
function sameEntry(before: Buffer, left: number, after: Buffer, right: number, oidBytes: number): number {
  const zero = before.indexOf(0x00, left);
  const end = zero + 1 + oidBytes;
  const length = end - left;
  if (zero === -1 || end > before.length || right + length > after.length) return 0;
  return before.compare(after, right, right + length, left, end) === 0 ? length : 0;
}

interface RawEntry {
  /** What Git orders trees by: the name, and of a directory `/` behind it. */
  readonly key: Buffer;
  readonly directory: boolean;
  /** Offset behind it. */
  readonly end: number;
}

/** `<mode> <name>\0<oid bytes>`; undefined at the end. Throws `git-failed` when it is cut off. */
function entryAt(data: Buffer, offset: number, oidBytes: number): RawEntry | undefined {
  if (offset >= data.length) return undefined;
  const space = data.indexOf(0x20, offset);
  const zero = data.indexOf(0x00, space);
  const end = zero + 1 + oidBytes;
  if (space === -1 || zero === -1 || end > data.length) throw damagedTree(offset);
  const directory = (Number.parseInt(data.toString('latin1', offset, space), 8) & 0o170000) === 0o040000;
  const name = data.subarray(space + 1, zero);
  return { key: directory ? Buffer.concat([name, SLASH]) : name, directory, end };
}

const SLASH = Buffer.from('/');
