import type { Content } from '../model/entry.ts';
import { LOGO_FORMATS, type LogoFormat, type Registry, type RegistryPack, type Release } from '../model/registry.ts';
import type { RegistryConfig } from '../model/registry-config.ts';
import { tagsOf } from '../model/tags.ts';
import { compareText } from '../model/compare-text.ts';
import { compareVersions } from '../model/version.ts';
import type { History } from '../repo/history.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { RECIPE } from './recipe.ts';
import type { PackCopy, ReleaseRecord, StoredLogo } from './release-record.ts';

/** A pack directory and what building it gave. */
export interface BuiltDirectory extends PackDirectory {
  readonly record: ReleaseRecord;
  /** True when the record is an earlier build's. */
  readonly recorded: boolean;
}

export interface RegistryParts {
  readonly config: RegistryConfig;
  readonly snapshot: Snapshot;
  readonly history: History;
  /** Where the bytes are that records name. */
  readonly cache: Cache;
  /** Those to publish; the ones without a release are left out. */
  readonly directories: readonly BuiltDirectory[];
}

/** Puts the registry together: pure, but for content that is opened later. */
export function assembleRegistry(parts: RegistryParts): Registry {
  const { config, snapshot, history, directories } = parts;
  const logos = new Map<string, Content>();
  const byName = new Map<string, Release[]>();
  for (const built of directories) {
    const release = releaseOf(built, parts, logos);
    if (release === undefined) continue;
    const releases = byName.get(release.facts.name);
    if (releases === undefined) byName.set(release.facts.name, [release]);
    else releases.push(release);
  }
  const { commit, dirty } = snapshot;
  return {
    config,
    source: { commit: commit.oid, committedAt: commit.committedAt, dirty },
    serial: history.length,
    packs: [...byName].toSorted(([a], [b]) => compareText(a, b)).flatMap(([name, releases]) => packOf(name, releases)),
    logos,
  };
}

function packOf(name: string, unordered: readonly Release[]): RegistryPack[] {
  const [first, ...rest] = unordered.toSorted((a, b) => compareVersions(b.facts.version, a.facts.version));
  if (first === undefined) return [];
  const releases = [first, ...rest] as const;
  const tagged = releases.map(({ facts: { version, group } }) => ({
    version,
    active: true,
    ...(group !== undefined && { group }),
  }));
  return [{ name, tags: tagsOf(tagged), releases }];
}

function releaseOf(
  { directory, tree, record }: BuiltDirectory,
  { history, cache, snapshot }: RegistryParts,
  logos: Map<string, Content>,
): Release | undefined {
  if (record.release === undefined) return undefined;
  const { facts, artifact, files } = record.release;
  const landing = history.landings.get(tree);
  for (const logo of record.release.logos) {
    const { bundle, offset, sha256, size } = logo;
    logos.set(logoPath(logo), cache.part(bundle, offset, sha256, size));
  }
  return {
    facts,
    artifact: { ...cache.content(artifact.sha256, artifact.size), contentSha256: artifact.contentSha256 },
    source: { directory, tree, ...(landing !== undefined && { commit: landing.commit }) },
    recipe: RECIPE,
    ...(landing !== undefined && { publishedAt: landing.at }),
    files: Object.fromEntries(Object.entries(files).map(([name, copy]) => [name, blobContent(snapshot, copy)])),
    logo: Object.fromEntries(
      LOGO_FORMATS.map((format) => [format, logoPaths(record.release?.logos ?? [], format)]),
    ) as Release['logo'],
  };
}

function blobContent({ objects }: Snapshot, { sha256, size, oid }: PackCopy): Content {
  return {
    sha256,
    size,
    async *open() {
      const { data } = await objects.read(oid, size);
      if (data !== undefined) yield data;
    },
  };
}

function logoPaths(logos: readonly StoredLogo[], format: LogoFormat): Record<string, string> {
  return Object.fromEntries(
    logos.filter((logo) => logo.format === format).map((logo) => [String(logo.pixels), logoPath(logo)]),
  );
}

function logoPath({ sha256, pixels, format }: StoredLogo): string {
  return `logos/${sha256}-${pixels}.${format}`;
}
