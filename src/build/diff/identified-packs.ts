import type { PackDirectory } from '../../repo/pack-directories.ts';
import type { Identity } from '../candidates.ts';
import type { Cache } from '../cache.ts';
import { identityOf, type ListPacks } from '../listed-packs.ts';
import { RECORD_VERSION } from '../recipe.ts';

/** A pack directory with the release that its `pack.json` names. */
export interface IdentifiedPack extends PackDirectory, Identity {}

/** What the `pack.json` of directories name; those that name nothing are left out. Kept for the next time. */
export async function identifiedPacks(
  directories: readonly PackDirectory[],
  list: ListPacks,
  cache: Cache,
): Promise<readonly IdentifiedPack[]> {
  const key = JSON.stringify(['identified', RECORD_VERSION, directories]);
  const known = (await cache.record('directories', key)) as readonly IdentifiedPack[] | undefined;
  if (known !== undefined) return known;
  const packs = await identified(directories, list);
  await cache.putRecord('directories', key, packs);
  return packs;
}

/** The same, for few. */
export async function identified(
  directories: readonly PackDirectory[],
  list: ListPacks,
): Promise<readonly IdentifiedPack[]> {
  return (await list(directories)).flatMap((pack) => {
    const identity = identityOf(pack);
    return identity === undefined ? [] : [{ directory: pack.directory, tree: pack.tree, ...identity }];
  });
}
