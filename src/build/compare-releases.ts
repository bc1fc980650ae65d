import { changedRelease, removedRelease, type ReleaseState } from '../check/changed-releases.ts';
import type { Finding } from '../model/finding.ts';
import type { PackFileEntry } from '../repo/pack-files.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import { identityOf, type ListedTree } from './listed-packs.ts';
import { publishedEntries } from './published-entries.ts';

/** Releases that were at an earlier revision and are gone or other ones now. `since` is how that revision is shown. */
export async function compareReleases(
  snapshot: Snapshot,
  before: readonly ListedTree[],
  now: readonly ListedTree[],
  since: string,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, version, old, found } of earlierReleases(before, now)) {
    if (found === undefined) findings.push(removedRelease({ name, version, directory: old.directory }, since));
    else if (found.tree !== old.tree) {
      const [was, is] = [await publishedEntries(snapshot, old.tree), await publishedEntries(snapshot, found.tree)];
      const finding = changedRelease(stateOf(old, was), stateOf(found, is), since);
      if (finding !== undefined) findings.push(finding);
    }
  }
  return findings;
}

/** A release of an earlier revision, and where it is now. */
export interface EarlierRelease {
  readonly name: string;
  readonly version: string;
  readonly old: ListedTree;
  /** Absent where it is gone. */
  readonly found?: ListedTree;
}

/** Pairs releases by name and version, in the order of the earlier ones. */
export function earlierReleases(before: readonly ListedTree[], now: readonly ListedTree[]): EarlierRelease[] {
  const current = byIdentity(now);
  return [...byIdentity(before)].map(([identity, old]) => {
    const found = current.get(identity);
    return { ...named(old), old, ...(found !== undefined && { found }) };
  });
}

function byIdentity(packs: readonly ListedTree[]): Map<string, ListedTree> {
  return new Map(
    packs.flatMap((pack) => (identityOf(pack) === undefined ? [] : [[JSON.stringify(named(pack)), pack]])),
  );
}

function named(pack: ListedTree): { readonly name: string; readonly version: string } {
  return identityOf(pack) ?? { name: '', version: '' };
}

function stateOf(pack: ListedTree, entries: readonly PackFileEntry[]): ReleaseState {
  const files = new Map(entries.map(({ path, oid, type }) => [path, `${type} ${oid}`]));
  return { ...named(pack), directory: pack.directory, files, place: () => pack.manifest.place(['version']) };
}
