import { compareVersions, isPrerelease, parseVersion, type Version } from './version.ts';

/** What tags are derived from: a version, whether it may be recommended, and its group, if it has one. */
export interface TaggedRelease {
  readonly version: string;
  readonly active: boolean;
  readonly group?: string;
}

/**
 * The tags of one pack: `latest`, `1.x`, `1.3.x`, and with a group `LTS__1.3.x`. Each names the highest release that is
 * active and no prerelease; where a train has only prereleases, the highest active one; without an active one, none.
 */
export function tagsOf(releases: readonly TaggedRelease[]): Record<string, string> {
  const best = new Map<string, Version>();
  for (const release of releases) {
    if (!release.active) continue;
    const version = parseVersion(release.version);
    for (const tag of tagNames(version, release.group)) {
      const current = best.get(tag);
      if (current === undefined || outranks(version, current)) best.set(tag, version);
    }
  }
  const byName = [...best].toSorted(([a], [b]) => compareTags(a, b));
  return Object.fromEntries(byName.map(([tag, version]) => [tag, version.raw]));
}

function tagNames(version: Version, group: string | undefined): string[] {
  const [major, minor] = version.core;
  const trains: string[] = [];
  if (major !== undefined) trains.push(`${major}.x`);
  if (major !== undefined && minor !== undefined) trains.push(`${major}.${minor}.x`);
  const grouped = group === undefined ? [] : trains.map((train) => `${group}__${train}`);
  return ['latest', ...trains, ...grouped];
}

function outranks(candidate: Version, current: Version): boolean {
  if (isPrerelease(candidate) !== isPrerelease(current)) return isPrerelease(current);
  return compareVersions(candidate.raw, current.raw) > 0;
}

/** `latest`, then the highest train first. */
export function compareTags(a: string, b: string): number {
  if (a === 'latest' || b === 'latest') return Number(b === 'latest') - Number(a === 'latest');
  return compareVersions(b, a);
}
