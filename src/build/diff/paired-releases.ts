import { compareText } from '../../model/compare-text.ts';
import { compareVersions } from '../../model/version.ts';
import type { IdentifiedPack } from './identified-packs.ts';

/** A release on the sides where it is, in trees that are not the same. */
export interface PairedRelease {
  readonly name: string;
  readonly version: string;
  readonly before?: IdentifiedPack;
  readonly after?: IdentifiedPack;
  /** What a new release is compared with: the highest one below it, else the lowest above. */
  readonly follows?: IdentifiedPack;
  /** True when another directory is the same release now. */
  readonly duplicate: boolean;
}

/** The releases that differ between all packs of one side and all of the other, by name, highest version first. */
export function pairedReleases(
  before: readonly IdentifiedPack[],
  after: readonly IdentifiedPack[],
): readonly PairedRelease[] {
  const [old, now] = [byName(before), byName(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted(compareText);
  return names.flatMap((name) => pairsOf(name, old.get(name) ?? NONE, now.get(name) ?? NONE));
}

type Releases = ReadonlyMap<string, readonly IdentifiedPack[]>;

const NONE: Releases = new Map();

function pairsOf(name: string, old: Releases, now: Releases): PairedRelease[] {
  const versions = [...new Set([...old.keys(), ...now.keys()])];
  if (versions.every((version) => isSame(old.get(version), now.get(version)))) return [];
  const ordered = versions.toSorted(compareVersions);
  const pairs = ordered.flatMap((version, index): PairedRelease[] => {
    const [before = [], after = []] = [old.get(version), now.get(version)];
    if (isSame(before, after)) return [];
    const pair = { name, version, duplicate: after.length > 1, ...sidesOf(before, after) };
    const follows = before.length === 0 ? followed(index, ordered, old, now) : undefined;
    return [{ ...pair, ...(follows !== undefined && { follows }) }];
  });
  return pairs.toReversed();
}

/** Where several directories are one release, the one that is new counts. */
function sidesOf(
  before: readonly IdentifiedPack[],
  after: readonly IdentifiedPack[],
): Pick<PairedRelease, 'before' | 'after'> {
  const known = new Map(before.map(({ directory, tree }) => [directory, tree]));
  const now = after.find(({ directory, tree }) => known.get(directory) !== tree) ?? after[0];
  const old = before.find(({ directory }) => directory === now?.directory) ?? before[0];
  return { ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) };
}

/** Several new versions of one change follow each other; above a version, only one that was there is followed. */
function followed(index: number, ordered: readonly string[], old: Releases, now: Releases): IdentifiedPack | undefined {
  const below = ordered[index - 1];
  if (below !== undefined) return (now.get(below) ?? old.get(below))?.[0];
  const above = ordered.slice(index + 1).find((other) => old.has(other));
  return above === undefined ? undefined : (now.get(above) ?? old.get(above))?.[0];
}

/** What only lies elsewhere is the same. */
function isSame(before: readonly IdentifiedPack[] = [], after: readonly IdentifiedPack[] = []): boolean {
  if (after.length === 0 || after.length > before.length) return false;
  const trees = new Set(before.map(({ tree }) => tree));
  return after.every(({ tree }) => trees.has(tree));
}

function byName(packs: readonly IdentifiedPack[]): Map<string, Map<string, IdentifiedPack[]>> {
  const names = new Map<string, Map<string, IdentifiedPack[]>>();
  for (const pack of packs) {
    const versions = names.get(pack.name) ?? new Map<string, IdentifiedPack[]>();
    const releases = versions.get(pack.version) ?? [];
    releases.push(pack);
    names.set(pack.name, versions.set(pack.version, releases));
  }
  return names;
}
