import { parseTreeEntry, treeEntryEnd, type TreeEntry } from './tree.ts';

/** What a name stands for in two trees; undefined where a tree does not have it. */
export interface ChangedEntry {
  readonly name: string;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

/**
 * What differs between two raw tree objects, by name. What is the same in both is passed over byte by byte: of a folder
 * of 100,000 directories one changes. Undefined where names do not tell entries apart, which happens where they are no
 * UTF-8. Throws `git-failed` when a tree is cut off.
 */
export function changedEntries(before: Buffer, after: Buffer, oidBytes: number): ChangedEntry[] | undefined {
  const [old, fresh] = [new Map<string, TreeEntry>(), new Map<string, TreeEntry>()];
  let clear = true;
  const add = (entries: Map<string, TreeEntry>, entry: TreeEntry): void => {
    if (entries.has(entry.name) || entry.name.includes('\uFFFD')) clear = false;
    entries.set(entry.name, entry);
  };
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    const leftEnd = left < before.length ? treeEntryEnd(before, left, oidBytes) : left;
    const rightEnd = right < after.length ? treeEntryEnd(after, right, oidBytes) : right;
    const order = sameBytes(before, left, leftEnd, after, right, rightEnd)
      ? undefined
      : orderOf(before, left, leftEnd - oidBytes, after, right, rightEnd - oidBytes);
    if (order !== undefined && order <= 0) add(old, parseTreeEntry(before, left, leftEnd, oidBytes));
    if (order !== undefined && order >= 0) add(fresh, parseTreeEntry(after, right, rightEnd, oidBytes));
    if (order === undefined || order <= 0) left = leftEnd;
    if (order === undefined || order >= 0) right = rightEnd;
  }
  if (!clear) return undefined;
  const names = new Set([...old.keys(), ...fresh.keys()]);
  return [...names].map((name) => ({ name, before: old.get(name), after: fresh.get(name) }));
}

function sameBytes(a: Buffer, start: number, end: number, b: Buffer, from: number, to: number): boolean {
  if (end - start !== to - from) return false;
  // Backwards: what differs is mostly the id, at the end.
  for (let [left, right] = [end - 1, to - 1]; left >= start; left -= 1, right -= 1) {
    if (a[left] !== b[right]) return false;
  }
  return true;
}

/**
 * Which of two entries comes first in Git's order, which takes the name of a directory as if it ended in a slash; 0 when
 * they have one name there. The ends are those of the names, with the zero behind them. What has no entry comes last.
 */
function orderOf(a: Buffer, start: number, end: number, b: Buffer, from: number, to: number): number {
  if (end <= start) return 1;
  if (to <= from) return -1;
  const [leftName, rightName] = [a.indexOf(0x20, start) + 1, b.indexOf(0x20, from) + 1];
  const left = Buffer.concat([a.subarray(leftName, end - 1), ...(a[start] === DIRECTORY ? [SLASH] : [])]);
  const right = Buffer.concat([b.subarray(rightName, to - 1), ...(b[from] === DIRECTORY ? [SLASH] : [])]);
  return Buffer.compare(left, right);
}

/** Modes of directories begin with a 4, those of everything else with a 1. */
const DIRECTORY = 0x34;
const SLASH = Buffer.from('/');
