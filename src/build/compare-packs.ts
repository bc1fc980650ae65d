import { applyBaseline, parseBaseline, formatBaseline } from '../check/baseline.ts';
import type { Finding } from '../model/finding.ts';
import { packDirectories, type PackDirectory } from '../repo/pack-directories.ts';
import { resolveCommit } from '../repo/repository.ts';
import type { Cache } from './cache.ts';
import { codeIdentity } from './code-identity.ts';
import type { ListPacks } from './listed-packs.ts';
import type { Source } from './open-source.ts';
import { RECORD_VERSION } from './recipe.ts';

/** The packs of an earlier commit. */
export interface EarlierPacks {
  /** Beginning of the commit's id. */
  readonly commit: string;
  readonly directories: readonly PackDirectory[];
}

/** Rejects with `unknown-revision`. */
export async function earlierPacks(
  { snapshot, config }: Source,
  revision: string,
  cache: Cache,
): Promise<EarlierPacks> {
  const { oid, tree } = await resolveCommit(snapshot.repository, revision, snapshot.objects);
  const key = JSON.stringify(['earlier', 1, tree, config.packs]);
  const known = (await cache.record('directories', key)) as readonly PackDirectory[] | undefined;
  if (known !== undefined) return { commit: oid.slice(0, 12), directories: known };
  const { packs } = await packDirectories(snapshot.trees, tree, config.packs);
  await cache.putRecord('directories', key, packs);
  return { commit: oid.slice(0, 12), directories: packs };
}

/** What packs are compared with. */
export interface Comparison {
  readonly source: Source;
  /** Undefined where contents are replaced, which trees do not know of. */
  readonly cache: Cache | undefined;
  readonly list: ListPacks;
}

/** What is wrong with packs together; with earlier packs only what was not already, and what may not change. */
export async function comparePacks(
  comparison: Comparison,
  now: readonly PackDirectory[],
  earlier: EarlierPacks | undefined,
): Promise<readonly Finding[]> {
  const found = await foundTogether(comparison, now);
  if (earlier === undefined) return found;
  const known = parseBaseline(formatBaseline(await foundTogether(comparison, earlier.directories)));
  const { findings } = applyBaseline(found, known, { complete: false });
  return [...findings, ...(await changesSince(comparison, now, earlier))];
}

async function foundTogether(
  { source: { config }, cache, list }: Comparison,
  packs: readonly PackDirectory[],
): Promise<readonly Finding[]> {
  const key = JSON.stringify(['together', codeIdentity(), RECORD_VERSION, config.external, packs]);
  const known = (await cache?.record('checks', key)) as readonly Finding[] | undefined;
  if (known !== undefined) return known;
  const { registryFindings } = await import('./registry-findings.ts');
  const found = registryFindings(await list(packs), config.external);
  await cache?.putRecord('checks', key, found);
  return found;
}

/** Only what is not the same in the same directory can have changed. */
async function changesSince(
  { source: { snapshot }, list }: Comparison,
  now: readonly PackDirectory[],
  earlier: EarlierPacks,
): Promise<Finding[]> {
  const [before, after] = [
    await list(differing(earlier.directories, now)),
    await list(differing(now, earlier.directories)),
  ];
  if (before.length === 0) return [];
  const { compareReleases } = await import('./compare-releases.ts');
  return compareReleases(snapshot, before, after, earlier.commit);
}

/** The packs that are not, in the same directory, among others. */
export function differing(packs: readonly PackDirectory[], others: readonly PackDirectory[]): readonly PackDirectory[] {
  const trees = new Map(others.map(({ directory, tree }) => [directory, tree]));
  return packs.filter(({ directory, tree }) => trees.get(directory) !== tree);
}
