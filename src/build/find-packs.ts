import { PackyardError } from '../errors.ts';
import { linksToFile } from '../repo/links-to-file.ts';
import { packDirectories, type PackDirectories, type SkippedDirectory } from '../repo/pack-directories.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import type { Source } from './open-source.ts';

/**
 * The pack directories that the configuration names, and what it names in vain; kept by root tree, which decides them.
 * Rejects with `no-packs`.
 */
export async function findPacks({ snapshot, config, output }: Source, cache: Cache): Promise<PackDirectories> {
  const key = JSON.stringify(['directories', 2, snapshot.tree, config.packs, output]);
  const known = (await cache.record('directories', key)) as PackDirectories | undefined;
  if (known !== undefined) return known;
  const everywhere = outside(output, await packDirectories(snapshot.trees, snapshot.tree, config.packs));
  const found = { ...everywhere, skipped: await withoutLinkedFiles(snapshot, everywhere.skipped) };
  // A pack file in the wrong case is an error with a place, which says more than that there are no packs.
  if (found.packs.length === 0 && !found.skipped.some(({ kind }) => kind === 'case')) {
    throw noPacks({ snapshot, config });
  }
  await cache.putRecord('directories', key, found);
  return found;
}

/** A registry holds each release's pack.json: where it was once committed, those are no packs. */
function outside(output: string | undefined, { packs, skipped }: PackDirectories): PackDirectories {
  if (output === undefined) return { packs, skipped };
  const isOutside = (path: string): boolean => !`${path}/`.startsWith(`${output}/`);
  return {
    packs: packs.filter(({ directory }) => isOutside(directory)),
    skipped: skipped.filter(({ path }) => isOutside(path)),
  };
}

/** A link to a file is as little of a pack as the file would be. */
async function withoutLinkedFiles(
  snapshot: Snapshot,
  skipped: readonly SkippedDirectory[],
): Promise<SkippedDirectory[]> {
  const linked = await Promise.all(skipped.map(({ path }) => linksToFile(snapshot, path)));
  return skipped.filter((_, index) => linked[index] !== true);
}

function noPacks({ snapshot, config }: Pick<Source, 'snapshot' | 'config'>): PackyardError {
  const where = snapshot.dirty ? 'its work tree' : `commit ${snapshot.commit.oid.slice(0, 12)}`;
  return new PackyardError({
    code: 'no-packs',
    message: `${snapshot.repository.root} has no packs in ${where}: nothing that ${config.packs.join(' or ')} names holds a pack.json.`,
    hint: 'Add a pack, or set "packs" in registry.yaml to the globs of your pack directories.',
  });
}
