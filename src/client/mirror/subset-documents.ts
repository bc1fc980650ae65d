import {
  SEARCH_FORMAT,
  SOURCES_FORMAT,
  type DocumentLink,
  type IndexDocument,
  type IndexPack,
  type PackDocument,
  type PackSources,
  type ReleaseDocument,
  type SearchDocument,
  type SearchPack,
  type SourcesDocument,
} from '../../model/documents.ts';
import { contentOf } from '../../model/content.ts';
import { documentBytes } from '../../model/entry-of.ts';
import { indexPackOf, searchPackOf } from '../../model/pack-entries.ts';
import { tagsOf } from '../../model/tags.ts';
import type { MirrorFile, MirrorPack } from './mirror-file.ts';

/** What of a source a subset is made from. */
export interface SubsetSource {
  readonly index: IndexDocument;
  readonly indexSha256: string;
  readonly search: SearchDocument;
  /** Undefined where the registry was published without it. */
  readonly sources: SourcesDocument | undefined;
}

/** The document of a pack with some of its releases, in the document's order: the same bytes where these are all. */
export function subsetPack(pack: MirrorPack, releases: readonly ReleaseDocument[]): MirrorPack {
  if (releases.length === pack.document.releases.length) return pack;
  const tags = tagsOf(
    releases.map(({ version, group, status }) => ({
      version,
      active: status === undefined,
      ...(group !== undefined && { group }),
    })),
  );
  const document: PackDocument = { ...pack.document, tags, releases };
  const { bytes, sha256 } = encoded(document);
  return { name: pack.name, document, bytes, sha256 };
}

/**
 * The files of a subset that belong to no pack: search and sources with what is left in them, and an index that says of
 * which other one it is a subset. `packs` are in the order of the index.
 */
export function subsetDocuments(source: SubsetSource, packs: readonly MirrorPack[]): readonly MirrorFile[] {
  const search = encoded(subsetSearch(source, packs));
  const sources = source.sources === undefined ? undefined : encoded(subsetSources(source.sources, packs));
  const links = {
    search: linkTo('search', search),
    ...(sources !== undefined && { sources: linkTo('sources', sources) }),
  };
  const { packs: _, ...rest } = source.index;
  const index: IndexDocument = {
    ...rest,
    ...links,
    subset: { of: source.indexSha256 },
    packs: Object.fromEntries(packs.map((pack) => [pack.name, subsetEntry(source.index, pack)])),
  };
  return [
    fileOf(links.search.path, search, 'immutable'),
    fileOf('search.json', search, 'stable'),
    ...(sources === undefined ? [] : [fileOf(linkTo('sources', sources).path, sources, 'immutable')]),
    fileOf('index.json', encoded(index), 'index'),
  ];
}

/** What the source says of a pack stays as it is where the pack does. */
function subsetEntry({ packs }: IndexDocument, { name, document, sha256 }: MirrorPack): IndexPack {
  const entry = packs[name];
  if (entry?.document.sha256 === sha256) return entry;
  return indexPackOf(document, { path: `packs/${name}/${sha256}.json`, sha256 });
}

function subsetSearch({ index, search }: SubsetSource, packs: readonly MirrorPack[]): SearchDocument {
  const listed = new Map(search.packs.map((pack) => [pack.name, pack]));
  const entries = packs.map(({ name, document, sha256 }): SearchPack => {
    const entry = index.packs[name]?.document.sha256 === sha256 ? listed.get(name) : undefined;
    return entry ?? searchPackOf(document);
  });
  return { ...search, format: SEARCH_FORMAT, packs: entries };
}

function subsetSources(sources: SourcesDocument, packs: readonly MirrorPack[]): SourcesDocument {
  const entries = packs.flatMap(({ name, document }): [string, PackSources][] => {
    const entry = sources.packs[name];
    if (entry === undefined) return [];
    const versions = new Set(document.releases.map(({ version }) => version));
    return [[name, { ...entry, releases: entry.releases.filter(({ version }) => versions.has(version)) }]];
  });
  return { ...sources, format: SOURCES_FORMAT, packs: Object.fromEntries(entries) };
}

interface Encoded {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

function encoded(document: object): Encoded {
  const bytes = documentBytes(document);
  return { bytes, sha256: contentOf(bytes).sha256 };
}

function linkTo(folder: string, { sha256 }: Encoded): DocumentLink {
  return { path: `${folder}/${sha256}.json`, sha256 };
}

function fileOf(path: string, { bytes, sha256 }: Encoded, role: MirrorFile['role']): MirrorFile {
  return { path, sha256, size: bytes.byteLength, bytes, role };
}
