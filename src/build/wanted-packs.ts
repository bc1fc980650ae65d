import type { PackSources } from '../model/documents.ts';
import { compareText } from '../model/compare-text.ts';
import type { Landing } from '../repo/landing.ts';
import type { WantedPack, WantedRelease } from './assemble-pack.ts';
import { foldedPath } from '../model/portable-path.ts';
import type { Candidate, Identity } from './candidates.ts';
import type { PastRelease } from './newest-valid.ts';

export interface WantedParts {
  /** Of the tree, without errors. */
  readonly sound: readonly Candidate[];
  readonly past: readonly PastRelease[];
  readonly landings: ReadonlyMap<string, Landing>;
  /** What is published, by name. */
  readonly published: ReadonlyMap<string, PackSources>;
  /** Directories with errors, and releases in them that are known: what is published of them is not gone. */
  readonly refused: ReadonlySet<string>;
  /** Whether what is gone stays published. */
  readonly keep: boolean;
  /** The commit that took a release away; undefined while that is not committed. */
  removedIn(release: { readonly directory: string; readonly tree: string }): string | undefined;
}

/** What stands for a release among directories. */
export function releaseName({ name, version }: Identity): string {
  return `${name}@${version}`;
}

/** The packs that a registry is to have, ordered by name: what is in the tree, what only history has, what is published. */
export function wantedPacks(parts: WantedParts): WantedPack[] {
  const { sound, past, landings, published } = parts;
  const byName = new Map<string, WantedRelease[]>();
  const add = (name: string, release: WantedRelease): void => {
    const releases = byName.get(name);
    if (releases === undefined) byName.set(name, [release]);
    else releases.push(release);
  };
  for (const { identity, directory, tree } of sound) {
    if (identity !== undefined)
      add(identity.name, { version: identity.version, directory, tree, ...landed(landings.get(tree)) });
  }
  for (const { name, version, directory, tree, removedIn } of past) {
    add(name, {
      version,
      directory,
      tree,
      ...landed(landings.get(tree)),
      ...(removedIn !== undefined && { removedIn }),
    });
  }
  const names = new Set([...byName.keys(), ...published.keys()]);
  return [...names].toSorted(compareText).map((name) => ({
    name,
    releases: byName.get(name) ?? [],
    kept: keptOf(published.get(name), byName.get(name), parts, name),
  }));
}

function landed(landing: Landing | undefined): Pick<WantedRelease, 'commit' | 'publishedAt'> {
  return landing === undefined ? {} : { commit: landing.commit, publishedAt: landing.at };
}

function keptOf(
  published: PackSources | undefined,
  releases: readonly WantedRelease[] = [],
  { refused, keep, removedIn }: WantedParts,
  name: string,
): WantedRelease[] {
  if (published === undefined) return [];
  // Versions that differ in case only would share a path on many hosts.
  const present = new Set(releases.map(({ version }) => foldedPath(version)));
  const isRefused = ({ version, directory }: WantedRelease): boolean =>
    refused.has(directory) || refused.has(releaseName({ name, version }));
  return published.releases.flatMap((row) => {
    if (present.has(foldedPath(row.version))) return [];
    if (isRefused(row)) return [row];
    if (!keep) return [];
    const commit = row.removedIn ?? removedIn(row);
    return [commit === undefined ? row : { ...row, removedIn: commit }];
  });
}
