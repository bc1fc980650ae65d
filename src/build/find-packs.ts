import { PackyardError } from '../errors.ts';
import { linksToFile } from '../repo/links-to-file.ts';
import { packDirectoriesSince } from '../repo/pack-directories-since.ts';
import {
  packDirectories,
  type CountedPackDirectories,
  type PackDirectories,
  type PackDirectory,
} from '../repo/pack-directories.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { restoredDirectories, storedDirectories, withoutFiles, type FoundDirectories } from './found-directories.ts';
import type { Source } from './open-source.ts';

/**
 * The pack directories that the configuration names, and what it names in vain. What was found below the last root of
 * the repository is kept, and only what differs from that is looked at.
 * Rejects with `no-packs`.
 */
export async function findPacks({ snapshot, config, output }: Source, cache: Cache): Promise<PackDirectories> {
  const known = await lastFound(snapshot, config.packs, cache);
  const found = known?.root === snapshot.tree ? known : await foundNow(snapshot, config.packs, known);
  // The root of a work tree that is changed is gone when it is closed.
  if (found !== known && snapshot.tree === snapshot.commit.tree) {
    await cache.putRecord('directories', keyOf(snapshot, config.packs), storedDirectories(found));
  }
  const outside = outsideOf(output, withoutFiles(found));
  // What stands in the way of a pack is an error with a place, which says more than that there are no packs.
  if (outside.packs.length === 0 && !outside.skipped.some(({ kind }) => kind === 'case' || kind === 'unicode')) {
    throw noPacks({ snapshot, config });
  }
  return outside;
}

/** The pack directories that globs name below another root of the same repository, such as an earlier commit's. */
export async function packsBelow(
  snapshot: Snapshot,
  root: string,
  globs: readonly string[],
  cache: Cache,
): Promise<readonly PackDirectory[]> {
  const known = await lastFound(snapshot, globs, cache);
  return (known?.root === root ? known : await foundBelow(snapshot, root, globs, known)).packs;
}

/** One record for each repository: a registry of 100,000 packs makes one of several megabytes. */
function keyOf({ repository }: Snapshot, globs: readonly string[]): string {
  return JSON.stringify(['directories', 4, repository.gitDirectory, globs]);
}

async function lastFound(
  snapshot: Snapshot,
  globs: readonly string[],
  cache: Cache,
): Promise<FoundDirectories | undefined> {
  const record = await cache.record('directories', keyOf(snapshot, globs));
  return record === undefined ? undefined : restoredDirectories(record);
}

async function foundBelow(
  snapshot: Snapshot,
  root: string,
  globs: readonly string[],
  known: FoundDirectories | undefined,
): Promise<CountedPackDirectories> {
  const since = known && (await packDirectoriesSince(snapshot, root, globs, known));
  return since ?? packDirectories(snapshot.trees, root, globs);
}

async function foundNow(
  snapshot: Snapshot,
  globs: readonly string[],
  known: FoundDirectories | undefined,
): Promise<FoundDirectories> {
  const found = await foundBelow(snapshot, snapshot.tree, globs, known);
  return { root: snapshot.tree, ...found, files: await linkedFiles(snapshot, found) };
}

/** Where links lead to can change when they do not. */
async function linkedFiles(snapshot: Snapshot, { skipped }: CountedPackDirectories): Promise<string[]> {
  const links = skipped.filter(({ kind }) => kind === 'symlink').map(({ path }) => path);
  const linked = await Promise.all(links.map((path) => linksToFile(snapshot, path)));
  return links.filter((_, index) => linked[index] === true);
}

/** A registry holds each release's pack.json: where it was once committed, those are no packs. */
function outsideOf(output: string | undefined, { packs, skipped }: PackDirectories): PackDirectories {
  if (output === undefined) return { packs, skipped };
  const isOutside = (path: string): boolean => !`${path}/`.startsWith(`${output}/`);
  return {
    packs: packs.filter(({ directory }) => isOutside(directory)),
    skipped: skipped.filter(({ path }) => isOutside(path)),
  };
}

function noPacks({ snapshot, config }: Pick<Source, 'snapshot' | 'config'>): PackyardError {
  const where = snapshot.dirty ? 'its work tree' : `commit ${snapshot.commit.oid.slice(0, 12)}`;
  return new PackyardError({
    code: 'no-packs',
    message: `${snapshot.repository.root} has no packs in ${where}: nothing that ${config.packs.join(' or ')} names holds a pack.json.`,
    hint: 'Add a pack, or set "packs" in registry.yaml to the globs of your pack directories.',
  });
}
