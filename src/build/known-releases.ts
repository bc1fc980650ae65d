import { propertyOf } from '../model/json-value.ts';
import type { Cache } from './cache.ts';
import { findPacks } from './find-packs.ts';
import { identityOf, packLister } from './listed-packs.ts';
import type { Source } from './open-source.ts';
import type { StatusSubject } from './release-status.ts';

/** Versions with their annotations, by name of the pack. */
export type KnownReleases = ReadonlyMap<string, readonly StatusSubject[]>;

/** Every release that a snapshot has a `pack.json` of, whatever else may be wrong with it. */
export async function knownReleases(source: Source, cache: Cache): Promise<KnownReleases> {
  const { packs } = await findPacks(source, cache);
  const listed = await packLister(source.snapshot)(packs);
  const releases = new Map<string, StatusSubject[]>();
  for (const pack of listed) {
    const identity = identityOf(pack);
    if (identity === undefined) continue;
    const { name, version } = identity;
    const release = { version, annotations: annotationsOf(pack.manifest.value) };
    const known = releases.get(name);
    if (known === undefined) releases.set(name, [release]);
    else known.push(release);
  }
  return releases;
}

function annotationsOf(manifest: unknown): Readonly<Record<string, string>> {
  const annotations = propertyOf(manifest, 'annotations');
  if (typeof annotations !== 'object' || annotations === null) return {};
  const texts = Object.entries(annotations).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}
