import { compareVersions } from '../model/version.ts';
import { propertyOf } from '../model/json-value.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import type { SourceDocument } from '../pack/source-document.ts';
import type { LintRegistry } from './lint-registry.ts';

/** Longer names and versions do not fit the schema, and are not worth the time of comparing them. */
const LONGEST = 100;

/** One version of a pack, with what rules compare. */
export interface ListedRelease {
  readonly name: string;
  readonly version: string;
  readonly displayName: string | undefined;
  readonly layer: string | undefined;
  readonly directory: string;
  /** Its `pack.json`, from the root of the repository. */
  readonly file: string;
  readonly manifest: SourceDocument;
}

/** The releases of each pack, highest version first. Those without a usable name or version are left out. */
export function listedReleases({ packs }: LintRegistry): Map<string, readonly [ListedRelease, ...ListedRelease[]]> {
  const byName = new Map<string, ListedRelease[]>();
  for (const { directory, manifest } of packs) {
    const name = textAt(manifest.value, 'name');
    const version = textAt(manifest.value, 'version');
    if (name === undefined || version === undefined || name.length > LONGEST || version.length > LONGEST) continue;
    const displayName = textAt(manifest.value, 'displayName');
    const layer = textAt(manifest.value, 'layer');
    const release = { name, version, displayName, layer, directory, file: manifestFile(directory), manifest };
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [release]);
    else known.push(release);
  }
  return new Map([...byName].map(([name, releases]) => [name, highestFirst(releases)]));
}

/** The `pack.json` of a directory, from the root of the repository. */
export function manifestFile(directory: string): string {
  return directory === '' ? MANIFEST_FILE : `${directory}/${MANIFEST_FILE}`;
}

function highestFirst(releases: readonly ListedRelease[]): readonly [ListedRelease, ...ListedRelease[]] {
  return releases.toSorted((a, b) => compareVersions(b.version, a.version)) as [ListedRelease, ...ListedRelease[]];
}

function textAt(value: unknown, key: string): string | undefined {
  const text = propertyOf(value, key);
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}
