import { join } from 'node:path';

import type { DocumentLink } from '../../model/documents.ts';
import { inParallel } from '../../model/in-parallel.ts';
import {
  packDocument,
  SEARCH_DOCUMENT,
  SOURCES_DOCUMENT,
  type RegistryDocument,
} from '../../remote/registry-documents.ts';
import { INDEX_PATH } from '../../remote/registry-files.ts';
import { sha256Of } from '../../remote/sha256.ts';
import { unknownPack } from '../unknown-pack.ts';
import { heldBytes } from '../../remote/held-bytes.ts';
import { distinctFiles, logosOfPack, type MirrorFile, type MirrorPack } from './mirror-file.ts';
import type { MirrorSource } from './mirror-source.ts';
import { isWhole, selectedReleases, type Selection } from './selection.ts';
import { subsetDocuments, subsetPack } from './subset-documents.ts';

/** Everything that a mirror is to have. */
export interface WantedMirror {
  /** In the order of the index. */
  readonly packs: readonly MirrorPack[];
  /** Files that belong to no pack, the index among them. */
  readonly shared: readonly MirrorFile[];
}

export interface WantedOptions {
  readonly selection: Selection;
  /** The folder, which may have documents already. */
  readonly destination: string;
  readonly schemas: readonly MirrorFile[];
  /** Documents that are read at once. */
  readonly width: number;
  readonly signal: AbortSignal | undefined;
  readonly onDocument: (done: number, total: number, name: string) => void;
}

/**
 * Reads what a mirror consists of. Documents that the folder has already are not fetched. Rejects with `unknown-pack` and
 * `no-version` where the source has not what is selected.
 */
export async function wantedMirror(source: MirrorSource, options: WantedOptions): Promise<WantedMirror> {
  const { selection, destination, schemas, width, signal, onDocument } = options;
  const names = selectedNames(source, selection);
  let done = 0;
  const packs = await inParallel(names, width, async ([name, link]): Promise<MirrorPack> => {
    signal?.throwIfAborted();
    const kind = packDocument(name);
    const { bytes, document } = await read(source, destination, link, kind);
    done += 1;
    onDocument(done, names.length, name);
    const pack: MirrorPack = { name, document, bytes, sha256: link.sha256 };
    return subsetPack(pack, selectedReleases(document, selection));
  });
  const documents = isWhole(selection) ? wholeDocuments(source) : await subsetOf(source, destination, packs);
  const logos = packs.flatMap(logosOfPack);
  return {
    packs,
    shared: await withSizes(
      source,
      distinctFiles([...documents, ...logos, ...schemas], `The registry at ${source.location}`),
    ),
  };
}

function selectedNames({ index, location }: MirrorSource, { packs }: Selection): readonly [string, DocumentLink][] {
  for (const name of packs?.keys() ?? [])
    if (index.packs[name] === undefined) throw unknownPack(name, Object.keys(index.packs), location);
  return Object.entries(index.packs)
    .filter(([name]) => packs === undefined || packs.has(name))
    .map(([name, { document }]) => [name, document]);
}

function wholeDocuments({ index, indexBytes, indexSha256 }: MirrorSource): readonly MirrorFile[] {
  const { search } = index;
  const sources = index.sources as DocumentLink | undefined;
  return [
    linked(search),
    { path: 'search.json', sha256: search.sha256, from: search.path, role: 'stable' },
    ...(sources === undefined ? [] : [linked(sources)]),
    { path: INDEX_PATH, sha256: indexSha256, size: indexBytes.byteLength, bytes: indexBytes, role: 'index' },
  ];
}

/** An older Packyard published these under a stable path only. */
function linked({ path, sha256 }: DocumentLink): MirrorFile {
  return { path, sha256, role: path.includes('/') ? 'immutable' : 'stable' };
}

async function subsetOf(
  source: MirrorSource,
  destination: string,
  packs: readonly MirrorPack[],
): Promise<readonly MirrorFile[]> {
  const { index, indexSha256 } = source;
  const link = index.sources as DocumentLink | undefined;
  const search = await read(source, destination, index.search, SEARCH_DOCUMENT);
  const sources = link === undefined ? undefined : await read(source, destination, link, SOURCES_DOCUMENT);
  return subsetDocuments({ index, indexSha256, search: search.document, sources: sources?.document }, packs);
}

async function read<Document>(
  source: MirrorSource,
  destination: string,
  link: DocumentLink,
  kind: RegistryDocument<Document>,
): Promise<{ readonly bytes: Uint8Array; readonly document: Document }> {
  const bytes = (await localBytes(destination, link)) ?? (await source.documentBytes(link, kind));
  return { bytes, document: await kind.parse(bytes, source.addressOf(link.path)) };
}

/** What the folder has of a document; undefined where that is not it. */
async function localBytes(destination: string, { path, sha256 }: DocumentLink): Promise<Uint8Array | undefined> {
  const bytes = await heldBytes(join(destination, path));
  return bytes !== undefined && (await sha256Of(bytes)) === sha256 ? bytes : undefined;
}

/** In a directory it can be seen what no document says. */
async function withSizes(source: MirrorSource, files: readonly MirrorFile[]): Promise<readonly MirrorFile[]> {
  if (source.remote) return files;
  return inParallel(files, 8, async (file) => {
    const size = file.size ?? (await source.sizeOf(file.from ?? file.path));
    return size === undefined ? file : { ...file, size };
  });
}
