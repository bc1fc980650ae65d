import { changedDirectories, holdsFile } from './changed-directories.ts';
import type { GitObjects } from './git-objects.ts';
import type { PathMatcher } from './path-matcher.ts';
import { readRawTree } from './tree.ts';

/** A directory that became another pack, or, without a tree, none. */
export interface PackChange {
  readonly directory: string;
  /** Git tree id. */
  readonly tree?: string;
}

/** Where packs can be. */
export interface PackPlaces {
  /** Folders outside which there are none; `.` for everywhere. */
  readonly bases: readonly string[];
  /** How deep they can lie: the number of names in their paths. */
  readonly depths: ReadonlySet<number>;
  readonly named: PathMatcher;
}

/** Compares root trees, one pair after the other. */
export interface PackComparer {
  /** Reads root trees ahead. */
  prepare(roots: readonly string[]): Promise<void>;
  /**
   * The packs that differ, ordered by nothing; `wasPack` tells of the tree before. What lies inside a pack belongs to
   * that pack. Without a tree before, every pack.
   */
  changes(before: string | undefined, after: string, wasPack: (directory: string) => boolean): Promise<PackChange[]>;
}

const PACK_FILE = 'pack.json';
const EMPTY = Buffer.alloc(0);

/** How many directories of a folder are looked into at once. */
const WINDOW = 64;

/** `onDirectory` is told of every directory that is looked into, and may throw to end it. */
export function packComparer(objects: GitObjects, places: PackPlaces, onDirectory: () => void): PackComparer {
  const { depths, named } = places;
  const deepest = Math.max(0, ...depths);
  const reader = folderReader(objects);

  return {
    prepare: (roots) => reader.prepare(roots),
    async changes(before, after, wasPack) {
      const oidBytes = after.length / 2;
      const found: PackChange[] = [];

      const compare = async (path: string, depth: number, old?: string, now?: string): Promise<void> => {
        onDirectory();
        const was = wasPack(path);
        const possible = now !== undefined && depths.has(depth) && (await named(path));
        const deeper = depth < deepest;
        const [oldData, data] = await Promise.all([
          old === undefined || was || !deeper ? EMPTY : reader.read(old),
          now === undefined || !(possible || deeper) ? EMPTY : reader.read(now),
        ]);
        const isPack = possible && holdsFile(data, PACK_FILE, oidBytes);
        if (isPack) {
          found.push({ directory: path, tree: now });
          reader.forget(now);
        } else if (was) found.push({ directory: path });
        if (!deeper) return;
        const changed = changedDirectories(oldData, isPack ? EMPTY : data, oidBytes)
          .map((change) => ({ ...change, child: path === '' ? change.name : `${path}/${change.name}` }))
          .filter(({ child }) => places.bases.some((base) => related(base, child)));
        for (let start = 0; start < changed.length; start += WINDOW) {
          const window = changed.slice(start, start + WINDOW);
          await Promise.all(window.map(({ child, ...trees }) => compare(child, depth + 1, trees.before, trees.after)));
        }
      };

      await compare('', 0, before, after);
      reader.next();
      return found;
    },
  };
}

/** Whether a path leads to a base or lies below it. */
function related(base: string, path: string): boolean {
  return base === '.' || base === path || base.startsWith(`${path}/`) || path.startsWith(`${base}/`);
}

interface FolderReader {
  prepare(oids: readonly string[]): Promise<void>;
  read(oid: string): Promise<Buffer>;
  /** Drops what will not be compared again. */
  forget(oid: string): void;
  /** Says that a comparison is over: the next one begins with the folders that this one ended with. */
  next(): void;
}

function folderReader(objects: GitObjects): FolderReader {
  let prepared = new Map<string, Buffer>();
  let last = new Map<string, Promise<Buffer>>();
  let current = new Map<string, Promise<Buffer>>();
  return {
    async prepare(oids) {
      const roots = await Promise.all(oids.map(async (oid) => [oid, await readRawTree(objects, oid)] as const));
      prepared = new Map(roots);
    },
    async read(oid) {
      const ready = prepared.get(oid);
      if (ready !== undefined) return ready;
      const data = current.get(oid) ?? last.get(oid) ?? readRawTree(objects, oid);
      current.set(oid, data);
      return data;
    },
    forget: (oid) => void current.delete(oid),
    next() {
      last = current;
      current = new Map();
    },
  };
}
