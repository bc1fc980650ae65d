import { parseTreeEntry, treeEntryEnd, type TreeEntry } from './tree.ts';

/** The file that makes a directory a pack. */
export const PACK_FILE = 'pack.json';

/** The name of a directory's `pack.json`, or of what differs from that in case only. */
export function packFileAmong(entries: readonly TreeEntry[]): string | undefined {
  const names = entries.filter(isPackFile).map(({ name }) => name);
  return names.includes(PACK_FILE) ? PACK_FILE : names[0];
}

/** The entries of a raw tree object that are `pack.json`, or would be if case did not count. */
export function packFilesIn(data: Buffer, oidBytes: number): TreeEntry[] {
  const found: TreeEntry[] = [];
  for (let start = 0; start < data.length;) {
    const end = treeEntryEnd(data, start, oidBytes);
    if (data[start] !== DIRECTORY && end - start <= MOST_BYTES + oidBytes) {
      const entry = parseTreeEntry(data, start, end, oidBytes);
      if (isPackFile(entry)) found.push(entry);
    }
    start = end;
  }
  return found;
}

/** Modes of directories begin with a 4, those of everything else with a 1. */
const DIRECTORY = 0x34;
/** Of mode, name and what is between: in another case, a character can take three bytes instead of one. */
const MOST_BYTES = '100644 '.length + 3 * PACK_FILE.length + 1;

function isPackFile({ name, type }: TreeEntry): boolean {
  return type !== 'directory' && name.toLowerCase() === PACK_FILE;
}
