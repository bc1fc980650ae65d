import { applyBaseline, parseBaseline, formatBaseline } from '../check/baseline.ts';
import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { CONFIG_FILE, withDefaults } from '../model/registry-config.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import { resolveCommit, type Commit } from '../repo/repository.ts';
import type { Cache } from './cache.ts';
import { compareReleases } from './compare-releases.ts';
import { ConfigError } from './config-error.ts';
import { codeIdentity } from './code-identity.ts';
import { packsBelow } from './find-packs.ts';
import type { ListPacks } from './listed-packs.ts';
import type { Source } from './open-source.ts';
import { loadConfig } from './load-config.ts';
import { RECORD_VERSION } from './recipe.ts';

/** The packs of an earlier commit. */
export interface EarlierPacks {
  /** Beginning of the commit's id. */
  readonly commit: string;
  readonly directories: readonly PackDirectory[];
}

/**
 * The packs at a revision, or where a branch left it: what others did there meanwhile is not this branch's doing. They
 * are where the configuration of that time says or that of today, so that moving them hides nothing.
 * Rejects with `unknown-revision`.
 */
export async function earlierPacks(source: Source, revision: string, cache: Cache): Promise<EarlierPacks> {
  const { snapshot, config } = source;
  const named = await resolveCommit(snapshot.repository, revision, snapshot.objects);
  const { oid, tree } = await mergeBase(snapshot, named);
  const globs = [...new Set([...config.packs, ...(await globsAt(source, tree, cache))])];
  return { commit: oid.slice(0, 12), directories: await packsBelow(snapshot, tree, globs, cache) };
}

/** The commit itself where it is the newest that both have, or where there is none. */
async function mergeBase({ repository, commit, objects }: Source['snapshot'], named: Commit): Promise<Commit> {
  if (named.oid === commit.oid) return named;
  // The commit before needs no search.
  const { data } = await objects.read(commit.oid);
  if (data?.includes(`\nparent ${named.oid}\n`) === true) return named;
  const base = (await repository.git(['merge-base', named.oid, commit.oid]).catch(() => '')).trim();
  return base === '' || base === named.oid ? named : resolveCommit(repository, base, objects);
}

async function globsAt(
  { snapshot: { trees, objects } }: Source,
  tree: string,
  cache: Cache,
): Promise<readonly string[]> {
  const entry = await trees.find(tree, CONFIG_FILE);
  if (entry === undefined || entry.type !== 'file') return withDefaults({}).packs;
  const { data } = await objects.read(entry.oid, LIMITS.configBytes);
  try {
    return (await loadConfig(data, cache)).config.packs;
  } catch (error) {
    // It was broken then.
    if (error instanceof ConfigError) return [];
    throw error;
  }
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
  return compareReleases(snapshot, before, after, earlier.commit);
}

/** The packs that are not, in the same directory, among others. */
export function differing(packs: readonly PackDirectory[], others: readonly PackDirectory[]): readonly PackDirectory[] {
  const trees = new Map(others.map(({ directory, tree }) => [directory, tree]));
  return packs.filter(({ directory, tree }) => trees.get(directory) !== tree);
}
