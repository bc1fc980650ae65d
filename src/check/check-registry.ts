import type { Finding, Place } from '../model/finding.ts';
import { findingOf } from '../pack/finding-of.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import { foldedPath } from '../model/portable-path.ts';

/** A release and where it is, for rules that compare releases. */
export interface ReleaseLocation {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
}

export interface PlacedRelease extends ReleaseLocation {
  /** Of the version in `pack.json`. */
  place(): Place;
}

/**
 * Releases that are in more than one directory, in groups. Names and versions that differ only in case are one, because
 * they would share a path on many hosts.
 */
export function twinReleases<T extends ReleaseLocation>(releases: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const release of releases) {
    const key = foldedPath(`${release.name} ${release.version}`);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [release]);
    else group.push(release);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A finding in each directory of a release that is in more than one, naming another. */
export function duplicateReleases(releases: readonly PlacedRelease[]): Finding[] {
  return twinReleases(releases).flatMap((group) => group.map((release) => duplicate(release, group)));
}

function duplicate(release: PlacedRelease, group: readonly PlacedRelease[]): Finding {
  const { name, version, directory } = release;
  const other = group.find((candidate) => candidate !== release)?.directory ?? directory;
  return findingOf(
    'registry/duplicate-release',
    `${directory}/${MANIFEST_FILE}`,
    { name, version, other },
    { place: release.place() },
  );
}
