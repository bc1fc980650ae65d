import { relocate, type Finding } from '../model/finding.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { ReleaseRecord } from './release-record.ts';

/** Name and version of a release. */
export interface Identity {
  readonly name: string;
  readonly version: string;
}

/** A pack directory and the release in it. */
export interface Candidate extends PackDirectory {
  /** Absent when the directory has an error. */
  readonly identity?: Identity;
  /** Of its directory, from the root of the repository; none where an earlier build read it. */
  readonly findings: readonly Finding[];
}

/** A candidate by what building its directory gave. */
export function candidateOf({ directory, tree }: PackDirectory, { findings, release }: ReleaseRecord): Candidate {
  return {
    directory,
    tree,
    ...(release !== undefined && { identity: { name: release.facts.name, version: release.facts.version } }),
    findings: findings.map((finding) => relocate(finding, directory)),
  };
}

/** The name and version that each tree id is known to hold. */
export type Identities = ReadonlyMap<string, Identity>;

/** What packs' sources say of tree ids. */
export function identitiesOf(
  packs: Iterable<readonly [name: string, releases: readonly { readonly version: string; readonly tree: string }[]]>,
): Identities {
  const identities = new Map<string, Identity>();
  for (const [name, releases] of packs)
    for (const { version, tree } of releases) identities.set(tree, { name, version });
  return identities;
}

/** What candidates say of their tree ids. */
export function identitiesAmong(candidates: readonly Candidate[]): Identities {
  return new Map(candidates.flatMap(({ tree, identity }) => (identity === undefined ? [] : [[tree, identity]])));
}
