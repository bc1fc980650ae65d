import { changedRelease, removedRelease, type ReleaseState } from '../check/changed-releases.ts';
import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { withoutJunk } from '../pack/without-junk.ts';
import { listFiles } from '../repo/pack-files.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import { identityOf, type ListedTree } from './listed-packs.ts';

/** Releases that were at an earlier revision and are gone or other ones now. `since` is how that revision is shown. */
export async function compareReleases(
  snapshot: Snapshot,
  before: readonly ListedTree[],
  now: readonly ListedTree[],
  since: string,
): Promise<Finding[]> {
  const current = byIdentity(now);
  const findings: Finding[] = [];
  for (const [identity, old] of byIdentity(before)) {
    const found = current.get(identity);
    if (found === undefined) findings.push(removedRelease({ ...named(old), directory: old.directory }, since));
    else if (found.tree !== old.tree) {
      const states = await Promise.all([stateOf(snapshot, old), stateOf(snapshot, found)]);
      const finding = changedRelease(...states, since);
      if (finding !== undefined) findings.push(finding);
    }
  }
  return findings;
}

function byIdentity(packs: readonly ListedTree[]): Map<string, ListedTree> {
  return new Map(
    packs.flatMap((pack) => (identityOf(pack) === undefined ? [] : [[JSON.stringify(named(pack)), pack]])),
  );
}

function named(pack: ListedTree): { readonly name: string; readonly version: string } {
  return identityOf(pack) ?? { name: '', version: '' };
}

/** What is published of a tree: junk may come and go. */
async function stateOf({ trees, objects }: Snapshot, pack: ListedTree): Promise<ReleaseState> {
  const listed = await listFiles(trees, pack.tree, LIMITS.packFiles);
  const { kept } = await withoutJunk(objects, 'files' in listed ? listed.files : []);
  const files = new Map(kept.map(({ path, oid, type }) => [path, `${type} ${oid}`]));
  return { ...named(pack), directory: pack.directory, files, place: () => pack.manifest.place(['version']) };
}
