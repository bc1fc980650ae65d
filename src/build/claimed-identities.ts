import { LIMITS } from '../model/limits.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import { fetchMissing } from '../repo/fetch-missing.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import { readTree } from '../repo/tree.ts';
import type { Cache } from './cache.ts';
import type { Identities, Identity } from './candidates.ts';
import { claimedIdentity } from './claimed-identity.ts';
import { inParallel } from '../model/in-parallel.ts';
import type { Source } from './open-source.ts';

/** What `pack.json` of a tree claims; without name and version, nothing that could be published. */
type StoredIdentity = readonly [tree: string, name?: string, version?: string];

/** How many are read at once. */
const WIDTH = 64;

/**
 * The names and versions that the `pack.json` of trees claim. Each is read once and remembered; what is known is not
 * read. In a partial clone what is missing is fetched together.
 */
export async function claimedIdentities(
  { snapshot, config }: Source,
  cache: Cache,
  trees: ReadonlySet<string>,
  known: readonly Identities[],
): Promise<Identities> {
  const key = JSON.stringify(['identities', 1, snapshot.repository.gitDirectory, config.packs]);
  const stored = new Map(
    ((await cache.record('history', key)) as readonly StoredIdentity[] | undefined)?.map((row) => [row[0], row]),
  );
  const found = new Map<string, Identity>();
  const unread: string[] = [];
  for (const tree of trees) {
    const [, name, version] = stored.get(tree) ?? [];
    const identity = known.find((identities) => identities.has(tree))?.get(tree);
    if (identity !== undefined) found.set(tree, identity);
    else if (name !== undefined && version !== undefined) found.set(tree, { name, version });
    else if (!stored.has(tree)) unread.push(tree);
  }
  if (unread.length === 0) return found;
  const read = await readIdentities(snapshot, unread);
  for (const [tree, identity] of read) {
    stored.set(tree, identity === undefined ? [tree] : [tree, identity.name, identity.version]);
    if (identity !== undefined) found.set(tree, identity);
  }
  // A shallow or partial clone gives the same: a tree is what it is.
  await cache.putRecord('history', key, [...stored.values()]);
  return found;
}

async function readIdentities(
  { repository, objects }: Snapshot,
  trees: readonly string[],
): Promise<(readonly [tree: string, identity: Identity | undefined])[]> {
  const blobs = await inParallel(trees, WIDTH, async (tree) => {
    const entry = (await readTree(objects, tree)).find(({ name }) => name === MANIFEST_FILE);
    return entry === undefined || entry.type === 'symlink' || entry.type === 'submodule' ? undefined : entry.oid;
  });
  const wanted = new Set(blobs.filter((oid) => oid !== undefined));
  await fetchMissing(repository, trees, wanted);
  const identities = new Map<string, Identity | undefined>();
  await inParallel([...wanted], WIDTH, async (oid) => {
    const { data } = await objects.read(oid, LIMITS.packJsonBytes);
    const file = { path: MANIFEST_FILE, executable: false, data: data ?? Buffer.alloc(0) };
    identities.set(oid, claimedIdentity(new Map([[MANIFEST_FILE, file]])));
  });
  return trees.map((tree, index) => [tree, identities.get(blobs[index] ?? '')]);
}
