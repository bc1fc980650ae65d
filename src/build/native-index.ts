import { SCHEMA_NAMES, readSchema } from '../check/schema-files.ts';
import {
  INDEX_FORMAT,
  PACK_FORMAT,
  SEARCH_FORMAT,
  type DocumentLink,
  type FileLink,
  type IndexDocument,
  type IndexPack,
  type PackDocument,
  type ReleaseDocument,
  type SearchDocument,
  type SearchPack,
} from '../model/documents.ts';
import type { Content, Entry } from '../model/entry.ts';
import type { Registry, RegistryPack, Release } from '../model/registry.ts';
import { contentOf } from './content.ts';
import { mediaTypeOf } from './media-type.ts';
import { artifactPath, releaseFolder } from './release-path.ts';

export const INDEX_PATH = 'index.json';

/** The native protocol: every entry that DESIGN's table of the static host lists, `index.json` last. */
export async function nativeIndex(registry: Registry): Promise<Entry[]> {
  const entries: Entry[] = [];
  const immutable = (path: string, content: Content): FileLink => {
    entries.push(entryOf(path, content, 'immutable'));
    return { path, sha256: content.sha256, size: content.size };
  };
  for (const [path, content] of registry.logos) immutable(path, content);
  const packs: Record<string, IndexPack> = {};
  for (const pack of registry.packs) {
    const document = documentContent(packDocument(pack, immutable));
    const { path, sha256 } = immutable(`packs/${pack.name}/${document.sha256}.json`, document);
    entries.push(entryOf(`packs/${pack.name}/index.json`, document, 'revalidate'));
    packs[pack.name] = indexPack(pack, { path, sha256 });
  }
  const search = documentContent(searchDocument(registry));
  const { path, sha256 } = immutable(`search/${search.sha256}.json`, search);
  entries.push(entryOf('search.json', search, 'revalidate'));
  for (const name of SCHEMA_NAMES) {
    entries.push(entryOf(`schemas/${name}.schema.json`, contentOf(await readSchema(name)), 'revalidate'));
  }
  entries.push(entryOf(INDEX_PATH, documentContent(indexDocument(registry, packs, { path, sha256 })), 'revalidate'));
  return entries;
}

function entryOf(path: string, content: Content, cache: Entry['cache']): Entry {
  const { sha256, size } = content;
  return { path, mediaType: mediaTypeOf(path), cache, sha256, size, open: () => content.open() };
}

function documentContent(document: IndexDocument | PackDocument | SearchDocument): Content {
  return contentOf(Buffer.from(`${JSON.stringify(document)}\n`));
}

function indexDocument(
  { config, source, serial }: Registry,
  packs: Record<string, IndexPack>,
  search: DocumentLink,
): IndexDocument {
  const { name, title, description, homepage, repository } = config;
  return {
    format: INDEX_FORMAT,
    registry: { name, title, ...optional({ description, homepage }) },
    source: {
      ...optional({ repository }),
      commit: source.commit,
      committedAt: source.committedAt,
      ...(source.dirty && { dirty: true }),
    },
    serial,
    search,
    packs,
  };
}

function indexPack(pack: RegistryPack, document: DocumentLink): IndexPack {
  const { release, latest, updatedAt } = headline(pack);
  const { layer, displayName } = release.facts;
  return { layer, displayName, latest, ...optional({ updatedAt }), document };
}

/** The release that stands for the pack, and when the pack last changed. */
function headline({ tags, releases }: RegistryPack): {
  release: Release;
  latest: string;
  updatedAt: string | undefined;
} {
  const latest = tags['latest'] ?? releases[0].facts.version;
  const release = releases.find(({ facts }) => facts.version === latest) ?? releases[0];
  const times = releases.flatMap(({ publishedAt }) => publishedAt ?? []);
  return { release, latest, updatedAt: times.toSorted().at(-1) };
}

type AddFile = (path: string, content: Content) => FileLink;

function packDocument({ name, tags, releases }: RegistryPack, addFile: AddFile): PackDocument {
  return { format: PACK_FORMAT, name, tags, releases: releases.map((release) => releaseDocument(release, addFile)) };
}

function releaseDocument(release: Release, addFile: AddFile): ReleaseDocument {
  const { facts, artifact, source, recipe, publishedAt, logo } = release;
  const { path, size, sha256 } = addFile(artifactPath(facts), artifact);
  const files = Object.entries(release.files).map(
    ([name, content]) => [name, addFile(`${releaseFolder(facts)}/${name}`, content)] as const,
  );
  return {
    version: facts.version,
    layer: facts.layer,
    displayName: facts.displayName,
    ...optional({ addonType: facts.addonType, group: facts.group }),
    cloudTypes: facts.cloudTypes,
    ...optional({ publishedAt }),
    artifact: { path, size, sha256, contentSha256: artifact.contentSha256 },
    source,
    recipe,
    logo: logo.png,
    logoWebp: logo.webp,
    files: Object.fromEntries(files),
    annotations: facts.annotations,
    images: facts.images,
    charts: facts.charts,
    manifests: facts.manifests,
    ansibleRoles: facts.ansibleRoles,
    dependencies: facts.dependencies,
    resources: facts.resources,
  };
}

function searchDocument({ packs }: Registry): SearchDocument {
  return { format: SEARCH_FORMAT, packs: packs.map(searchPack) };
}

function searchPack(pack: RegistryPack): SearchPack {
  const { release, latest, updatedAt } = headline(pack);
  const { displayName, annotations, layer, addonType, cloudTypes } = release.facts;
  return {
    name: pack.name,
    displayName,
    ...optional({ description: annotations['description'] }),
    layer,
    ...optional({ addonType }),
    cloudTypes,
    latest,
    versions: pack.releases.map(({ facts }) => facts.version),
    ...optional({ updatedAt }),
    logo: release.logo.png,
  };
}

type Present<T> = { readonly [Key in keyof T]?: NonNullable<T[Key]> };

/** The keys that have a value. */
function optional<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
