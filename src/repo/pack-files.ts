import type { GitObjects } from './git-objects.ts';
import type { TreeEntryType, Trees } from './tree.ts';

/** One name below a pack's directory that is not a directory itself. */
export interface PackFileEntry {
  /** From the pack's directory, with `/`. */
  readonly path: string;
  readonly type: Exclude<TreeEntryType, 'directory'>;
  readonly oid: string;
}

/** Bounds on what lies below a directory. */
export interface ListLimits {
  /** Files and directories. */
  readonly entries: number;
  /** How deep directories may lie. */
  readonly levels: number;
  /** Of one path, in UTF-16 code units. */
  readonly characters: number;
}

export type ListedFiles =
  | { readonly files: readonly PackFileEntry[] }
  | { /** The limit that was passed. */ readonly beyond: keyof ListLimits };

/** How many trees are asked for together: Git answers them without a pause. */
const WINDOW = 256;

/**
 * Everything below a directory, without reading a file. Git stores equal trees once, so that a few of them can stand
 * for billions of directories: it is over as soon as a limit is passed.
 */
export async function listFiles(trees: Trees, tree: string, limits: ListLimits): Promise<ListedFiles> {
  const files: PackFileEntry[] = [];
  const directories = [{ prefix: '', oid: tree, level: 0 }];
  for (let next = 0; next < directories.length;) {
    const window = directories.slice(next, next + WINDOW);
    const entries = await Promise.all(window.map(({ oid }) => trees.read(oid)));
    for (const [index, { prefix, level }] of window.entries()) {
      for (const { name, type, oid } of entries[index] ?? []) {
        const path = prefix + name;
        if (path.length > limits.characters) return { beyond: 'characters' };
        if (type !== 'directory') files.push({ path, type, oid });
        else if (level === limits.levels) return { beyond: 'levels' };
        else directories.push({ prefix: `${path}/`, oid, level: level + 1 });
        // The directory itself does not count.
        if (files.length + directories.length - 1 > limits.entries) return { beyond: 'entries' };
      }
    }
    next += window.length;
  }
  return { files };
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
