import type { GitObjects } from './git-objects.ts';
import type { TreeEntryType, Trees } from './tree.ts';

/** One name below a pack's directory that is not a directory itself. */
export interface PackFileEntry {
  /** From the pack's directory, with `/`. */
  readonly path: string;
  readonly type: Exclude<TreeEntryType, 'directory'>;
  readonly oid: string;
}

/** Everything below a directory, without reading a file. Stops soon after `limit` names. */
export async function listFiles(trees: Trees, tree: string, limit: number): Promise<PackFileEntry[]> {
  const files: PackFileEntry[] = [];
  let level = [{ prefix: '', oid: tree }];
  while (level.length > 0 && files.length <= limit) {
    // The trees of one level are asked for together: Git answers them without a pause.
    const entries = await Promise.all(level.map(({ oid }) => trees.read(oid)));
    const below: typeof level = [];
    for (const [index, { prefix }] of level.entries()) {
      for (const { name, type, oid } of entries[index] ?? []) {
        if (type === 'directory') below.push({ prefix: `${prefix}${name}/`, oid });
        else files.push({ path: prefix + name, type, oid });
      }
    }
    level = below;
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
