import type { GitObjects } from './git-objects.ts';
import type { TreeEntryType, Trees } from './tree.ts';

/** One name below a pack's directory that is not a directory itself. */
export interface PackFileEntry {
  /** From the pack's directory, with `/`. */
  readonly path: string;
  readonly type: Exclude<TreeEntryType, 'directory'>;
  readonly oid: string;
}

/** Everything below a directory, without reading a file. Stops after `limit` names. */
export async function listFiles(trees: Trees, tree: string, limit: number): Promise<PackFileEntry[]> {
  const files: PackFileEntry[] = [];
  const waiting = [{ prefix: '', oid: tree }];
  for (let next = waiting.pop(); next !== undefined && files.length <= limit; next = waiting.pop()) {
    for (const { name, type, oid } of await trees.read(next.oid)) {
      const path = next.prefix + name;
      if (type === 'directory') waiting.push({ prefix: `${path}/`, oid });
      else files.push({ path, type, oid });
    }
  }
  return files;
}

/** A file that was read; without data when it was larger than there was room for. */
export interface ReadFile {
  readonly entry: PackFileEntry;
  /** Bytes. */
  readonly size: number;
  readonly data?: Buffer;
}

/** Reads files in the order given. `room` is asked, as each arrives, how many bytes may be held. */
export async function readFiles(
  objects: GitObjects,
  files: readonly PackFileEntry[],
  room: () => number,
  onFile: (file: ReadFile) => void,
): Promise<void> {
  await Promise.all(
    files.map(async (entry) => {
      const { size, data } = await objects.read(entry.oid, room);
      onFile({ entry, size, ...(data !== undefined && { data }) });
    }),
  );
}
