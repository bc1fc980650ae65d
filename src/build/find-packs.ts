import { PackyardError } from '../errors.ts';
import { packDirectories, type PackDirectory } from '../repo/pack-directories.ts';
import type { Cache } from './cache.ts';
import type { Source } from './open-source.ts';

/** The pack directories that the configuration names; kept by root tree, which decides them. Rejects with `no-packs`. */
export async function findPacks({ snapshot, config }: Source, cache: Cache): Promise<PackDirectory[]> {
  const key = JSON.stringify(['directories', 1, snapshot.tree, config.packs]);
  const known = (await cache.record('directories', key)) as PackDirectory[] | undefined;
  if (known !== undefined) return known;
  const directories = await packDirectories(snapshot.trees, snapshot.tree, config.packs);
  if (directories.length === 0) throw noPacks({ snapshot, config });
  await cache.putRecord('directories', key, directories);
  return directories;
}

function noPacks({ snapshot, config }: Pick<Source, 'snapshot' | 'config'>): PackyardError {
  const where = snapshot.dirty ? 'its work tree' : `commit ${snapshot.commit.oid.slice(0, 12)}`;
  return new PackyardError({
    code: 'no-packs',
    message: `${snapshot.repository.root} has no packs in ${where}: nothing that ${config.packs.join(' or ')} names holds a pack.json.`,
    hint: 'Add a pack, or set "packs" in registry.yaml to the globs of your pack directories.',
  });
}
