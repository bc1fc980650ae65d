import { applyBaseline, parseBaseline, formatBaseline } from '../check/baseline.ts';
import type { Finding } from '../model/finding.ts';
import { packDirectories, type PackDirectory } from '../repo/pack-directories.ts';
import { resolveCommit } from '../repo/repository.ts';
import { compareReleases } from './compare-releases.ts';
import type { ListedTree, ListPacks } from './listed-packs.ts';
import type { Source } from './open-source.ts';
import { registryFindings } from './registry-findings.ts';

/** The packs of an earlier commit. */
export interface EarlierPacks {
  /** Beginning of the commit's id. */
  readonly commit: string;
  readonly directories: readonly PackDirectory[];
}

/** Rejects with `unknown-revision`. */
export async function earlierPacks({ snapshot, config }: Source, revision: string): Promise<EarlierPacks> {
  const { oid, tree } = await resolveCommit(snapshot.repository, revision);
  const { packs } = await packDirectories(snapshot.trees, tree, config.packs);
  return { commit: oid.slice(0, 12), directories: packs };
}

/** What is wrong with packs together; with earlier packs only what was not already, and what may not change. */
export async function comparePacks(
  { snapshot, config }: Source,
  now: readonly ListedTree[],
  earlier: EarlierPacks | undefined,
  list: ListPacks,
): Promise<readonly Finding[]> {
  const found = registryFindings(now, config.external);
  if (earlier === undefined) return found;
  const before = await list(earlier.directories);
  const known = parseBaseline(formatBaseline(registryFindings(before, config.external)));
  const { findings } = applyBaseline(found, known, { complete: false });
  return [...findings, ...(await compareReleases(snapshot, before, now, earlier.commit))];
}
