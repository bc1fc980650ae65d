import type { Finding, Place } from '../model/finding.ts';
import { findingOf } from '../pack/finding-of.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import { foldedPath } from '../pack/portable-path.ts';

/** A release and where it is, for rules that compare releases. */
export interface ReleaseLocation {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  /** Of the version in `pack.json`. */
  place(): Place;
}

/**
 * Releases that are in more than one directory: a finding in each of them, naming another. Names and versions that
 * differ only in case are one, because they would share a path on many hosts.
 */
export function duplicateReleases(releases: readonly ReleaseLocation[]): Finding[] {
  const groups = new Map<string, ReleaseLocation[]>();
  for (const release of releases) {
    const key = foldedPath(`${release.name} ${release.version}`);
    groups.set(key, [...(groups.get(key) ?? []), release]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) => group.map((release) => duplicate(release, group)));
}

function duplicate(release: ReleaseLocation, group: readonly ReleaseLocation[]): Finding {
  const { name, version, directory } = release;
  const other = group.find((candidate) => candidate !== release)?.directory ?? directory;
  return findingOf(
    'registry/duplicate-release',
    `${directory}/${MANIFEST_FILE}`,
    { name, version, other },
    { place: release.place() },
  );
}
