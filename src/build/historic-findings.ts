import { changedFiles } from '../check/changed-releases.ts';
import type { Finding } from '../model/finding.ts';
import type { HistoricChangeArgs } from '../model/rules/history-rules.ts';
import { findingOf } from '../pack/finding-of.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import { treesOf } from '../repo/tree.ts';
import type { Cache } from './cache.ts';
import type { ChangingRelease, HistoricChange } from './historic-releases.ts';
import { inParallel } from '../model/in-parallel.ts';
import { publishedEntries } from './published-entries.ts';

/** How many commits, and how many files of each, a finding names. */
const MOST = 10;

/** How many releases are compared at once. */
const WIDTH = 8;

/** What differs between two trees: the first changes, and how many there are. */
type Difference = readonly [files: readonly string[], count: number];

/** The releases whose published files changed on the way; which ones differ between two trees is remembered. */
export async function changedReleaseFindings(
  snapshot: Snapshot,
  cache: Cache,
  changing: readonly ChangingRelease[],
): Promise<Finding[]> {
  if (changing.length === 0) return [];
  const differences = await allDifferences(snapshot, cache, changing);
  return changing.flatMap((release) => {
    const { name, version, directory } = release;
    const changes = release.changes.flatMap((change): HistoricChangeArgs[] => {
      const [files, count] = differences.get(pairOf(change)) ?? [[], 0];
      const { commit, at } = change.commit;
      return count === 0 ? [] : [{ commit, at, files: [...files], more: count - files.length }];
    });
    if (changes.length === 0) return [];
    const args = { name, version, changes: changes.slice(0, MOST), more: Math.max(0, changes.length - MOST) };
    return [findingOf('history/changed-release', `${directory}/${MANIFEST_FILE}`, args, { severity: 'warning' })];
  });
}

async function allDifferences(
  snapshot: Snapshot,
  cache: Cache,
  changing: readonly ChangingRelease[],
): Promise<ReadonlyMap<string, Difference>> {
  const key = JSON.stringify(['differences', 1, snapshot.repository.gitDirectory]);
  const known = new Map((await cache.record('history', key)) as [string, Difference][] | undefined);
  const size = known.size;
  await inParallel(changing, WIDTH, async ({ changes }) => {
    const unknown = changes.filter((change) => !known.has(pairOf(change)));
    if (unknown.length === 0) return;
    // Of a release's own, so that the trees of a long history are not all in memory.
    const own = { ...snapshot, trees: treesOf(snapshot.objects) };
    for (const change of unknown) known.set(pairOf(change), await differenceOf(own, change));
  });
  if (known.size > size) await cache.putRecord('history', key, [...known]);
  return known;
}

async function differenceOf(snapshot: Snapshot, { before, after }: HistoricChange): Promise<Difference> {
  const files = changedFiles(await filesOf(snapshot, before), await filesOf(snapshot, after));
  return [files.slice(0, MOST), files.length];
}

async function filesOf(snapshot: Snapshot, tree: string): Promise<ReadonlyMap<string, string>> {
  const entries = await publishedEntries(snapshot, tree);
  return new Map(entries.map(({ path, oid, type }) => [path, `${type} ${oid}`]));
}

function pairOf({ before, after }: HistoricChange): string {
  return `${before} ${after}`;
}
