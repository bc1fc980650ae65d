import type { FileLink, ReleaseDocument, ReleaseSource } from '../model/documents.ts';
import type { Content } from '../model/entry.ts';
import { LOGO_FORMATS, type LogoFormat, type MadeEntry, type PublishedFile } from '../model/registry.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { entryOf } from '../model/entry-of.ts';
import { optional } from '../model/optional.ts';
import { RECIPE } from './recipe.ts';
import { artifactPath, releaseFolder } from '../model/release-path.ts';
import type { PackCopy, ReleaseRecord, StoredLogo } from './release-record.ts';

/** A release as a document tells of it, with its files. */
export interface DescribedRelease {
  readonly document: ReleaseDocument;
  readonly made: readonly MadeEntry[];
  readonly published: readonly PublishedFile[];
}

/** Where the bytes are that records name. */
export interface RecordedBytes {
  readonly cache: Cache;
  readonly snapshot: Snapshot;
}

/**
 * A release by what building its directory gave, in this build or, `recorded`, in an earlier one. `publishedAt` is the commit time
 * of `source.commit`.
 */
export function madeRelease(
  { facts, artifact, files, logos }: NonNullable<ReleaseRecord['release']>,
  recorded: boolean,
  source: ReleaseSource,
  publishedAt: string | undefined,
  { cache, snapshot }: RecordedBytes,
): DescribedRelease {
  const made: MadeEntry[] = [];
  const add = (path: string, content: Content): FileLink => {
    made.push({ ...entryOf(path, content, 'immutable'), ...(recorded && { tree: source.tree }) });
    return { path, sha256: content.sha256, size: content.size };
  };
  for (const logo of logos) {
    add(logoPath(logo), cache.part(logo.bundle, logo.offset, logo.sha256, logo.size));
  }
  const { path, size, sha256 } = add(artifactPath(facts), cache.content(artifact.sha256, artifact.size));
  const copies = Object.entries(files).map(
    ([name, copy]) => [name, add(`${releaseFolder(facts)}/${name}`, blobContent(snapshot, copy))] as const,
  );
  const [logo = {}, logoWebp = {}] = LOGO_FORMATS.map((format) => logoPaths(logos, format));
  const document: ReleaseDocument = {
    version: facts.version,
    layer: facts.layer,
    displayName: facts.displayName,
    ...optional({ addonType: facts.addonType, group: facts.group }),
    cloudTypes: facts.cloudTypes,
    ...optional({ publishedAt }),
    artifact: { path, size, sha256, contentSha256: artifact.contentSha256 },
    source,
    recipe: RECIPE,
    logo,
    logoWebp,
    files: Object.fromEntries(copies),
    annotations: facts.annotations,
    images: facts.images,
    charts: facts.charts,
    manifests: facts.manifests,
    ansibleRoles: facts.ansibleRoles,
    dependencies: facts.dependencies,
    resources: facts.resources,
  };
  return { document, made, published: [] };
}

function blobContent({ objects }: Snapshot, { sha256, size, oid }: PackCopy): Content {
  return {
    sha256,
    size,
    async *open() {
      const data = objects.held(oid) ?? (await objects.read(oid, size)).data;
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
