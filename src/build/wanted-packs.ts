import type { PackSources } from '../model/documents.ts';
import { compareText } from '../model/compare-text.ts';
import type { Landing } from '../repo/landing.ts';
import type { WantedPack, WantedRelease } from './assemble-pack.ts';
import type { Candidate } from './candidates.ts';
import type { PastRelease } from './newest-valid.ts';

export interface WantedParts {
  /** Of the tree, without errors. */
  readonly sound: readonly Candidate[];
  readonly past: readonly PastRelease[];
  readonly landings: ReadonlyMap<string, Landing>;
  /** What is published, by name; empty where nothing is, or where what is gone is dropped. */
  readonly published: ReadonlyMap<string, PackSources>;
  /** Directories with errors: what is published of them is not gone. */
  readonly refused: ReadonlySet<string>;
  /** The commit that is built. */
  readonly commit: string;
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
    kept: keptOf(published.get(name), byName.get(name), parts),
  }));
}

function landed(landing: Landing | undefined): Pick<WantedRelease, 'commit' | 'publishedAt'> {
  return landing === undefined ? {} : { commit: landing.commit, publishedAt: landing.at };
}

function keptOf(
  published: PackSources | undefined,
  releases: readonly WantedRelease[] = [],
  { refused, commit }: WantedParts,
): WantedRelease[] {
  if (published === undefined) return [];
  const present = new Set(releases.map(({ version }) => version));
  return published.releases
    .filter(({ version }) => !present.has(version))
    .map((row) => (refused.has(row.directory) || row.removedIn !== undefined ? row : { ...row, removedIn: commit }));
}
