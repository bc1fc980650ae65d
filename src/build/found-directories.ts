import type { PackDirectories, SkippedDirectory } from '../repo/pack-directories.ts';
import type { EarlierDirectories } from '../repo/pack-directories-since.ts';

/** What was found below one root: everything, and which of the links that were skipped lead to files. */
export interface FoundDirectories extends EarlierDirectories {
  /** Paths of the links that stand for no directory. */
  readonly files: readonly string[];
}

/** The form in which a cache keeps it: 100,000 packs are quickly read if they are not 100,000 objects. */
interface StoredDirectories {
  readonly root: string;
  readonly count: number;
  readonly directories: readonly string[];
  /** Tree ids, one behind the other. */
  readonly trees: string;
  readonly skipped: readonly SkippedDirectory[];
  readonly files: readonly string[];
}

export function storedDirectories({ packs, ...found }: FoundDirectories): StoredDirectories {
  return {
    ...found,
    directories: packs.map(({ directory }) => directory),
    trees: packs.map(({ tree }) => tree).join(''),
  };
}

/** What was stored, as it was found. */
export function restoredDirectories(record: unknown): FoundDirectories {
  const { directories, trees, ...found } = record as StoredDirectories;
  const { length } = found.root;
  const packs = directories.map((directory, index) => ({
    directory,
    tree: trees.slice(index * length, (index + 1) * length),
  }));
  return { ...found, packs };
}

/** What counts: a link to a file is as little of a pack as the file would be. */
export function withoutFiles({ packs, skipped, files }: FoundDirectories): PackDirectories {
  const paths = new Set(files);
  return { packs, skipped: skipped.filter(({ path }) => !paths.has(path)) };
}
