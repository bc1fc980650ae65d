import type { GitObjects } from './git-objects.ts';
import { readTree, type TreeEntry } from './tree.ts';

/** When and where something first became part of the branch. */
export interface Landing {
  readonly commit: string;
  /** RFC 3339, in UTC, to the second. */
  readonly at: string;
}

export interface LandingOptions {
  /** Folders outside which nothing is of interest; `.` for everything. */
  readonly bases: readonly string[];
  /** How deep a directory can lie to be of interest: the number of names in its path. */
  readonly depths: ReadonlySet<number>;
}

/** How many root trees are asked for ahead. */
const AHEAD = 128;

/** Adds, for each tree id at a depth of interest, the first of the steps that has it, unless one is known already. */
export async function addLandings(
  objects: GitObjects,
  steps: readonly (Landing & { readonly tree: string })[],
  { bases, depths }: LandingOptions,
  landings: Map<string, Landing>,
): Promise<void> {
  const deepest = Math.max(0, ...depths);
  const seen = new Set<string>();

  const visit = async (oid: string, depth: number, step: Landing): Promise<void> => {
    if (seen.has(`${depth} ${oid}`)) return;
    seen.add(`${depth} ${oid}`);
    if (depths.has(depth) && !landings.has(oid)) landings.set(oid, step);
    if (depth >= deepest) return;
    for (const entry of directories(await readTree(objects, oid))) await visit(entry.oid, depth + 1, step);
  };

  for (let start = 0; start < steps.length; start += AHEAD) {
    const window = steps.slice(start, start + AHEAD);
    const found = await Promise.all(
      window.map(({ tree }) => Promise.all(bases.map((base) => treeAt(objects, tree, base)))),
    );
    for (const [index, { commit, at }] of window.entries()) {
      for (const base of found[index] ?? []) {
        if (base !== undefined) await visit(base.oid, base.depth, { commit, at });
      }
    }
  }
}

/** The tree at a path, with its depth; undefined when there is no directory. */
async function treeAt(
  objects: GitObjects,
  root: string,
  path: string,
): Promise<{ oid: string; depth: number } | undefined> {
  const names = path === '.' ? [] : path.split('/');
  let oid = root;
  for (const name of names) {
    const entry = directories(await readTree(objects, oid)).find((child) => child.name === name);
    if (entry === undefined) return undefined;
    oid = entry.oid;
  }
  return { oid, depth: names.length };
}

function directories(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries.filter(({ type }) => type === 'directory');
}
