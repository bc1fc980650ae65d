import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import type { DocumentLink, IndexDocument } from '../model/documents.ts';
import type { Entry } from '../model/entry.ts';
import { HOST_FILES } from '../model/host-file.ts';
import { inParallel } from '../model/in-parallel.ts';
import { LIMITS } from '../model/limits.ts';
import { mediaTypeOf } from '../model/media-type.ts';
import {
  distinctFiles,
  filesOfPack,
  logosOfPack,
  type MirrorFile,
  type MirrorPack,
} from '../client/mirror/mirror-file.ts';
import { directoryFiles } from '../remote/directory-files.ts';
import { otherBytes, tooLarge } from '../remote/file-failures.ts';
import { readIndex } from '../remote/open-registry-source.ts';
import { INDEX_DOCUMENT, packDocument, SEARCH_DOCUMENT, SOURCES_DOCUMENT } from '../remote/registry-documents.ts';
import type { RegistryDocument } from '../remote/registry-documents.ts';
import { FileProblem, INDEX_PATH, type RegistryFiles } from '../remote/registry-files.ts';
import { sha256Of, startSha256 } from '../remote/sha256.ts';

/** When a file appears: what has one content for ever, what others refer to by hash, what a host reads, the pointer. */
export type FileRole = 'immutable' | 'stable' | 'host' | 'index';

/** A file of a built registry. */
export interface BuiltFile {
  readonly entry: Entry;
  readonly role: FileRole;
}

/** A registry in a folder, as `packyard build` leaves it. */
export interface BuiltFolder {
  readonly location: string;
  readonly index: IndexDocument;
  readonly indexBytes: Uint8Array;
  readonly indexSha256: string;
  /** `index.json` among them. */
  readonly files: readonly BuiltFile[];
  readonly documents: KnownDocuments;
}

/** By name of the pack. */
export type KnownDocuments = ReadonlyMap<string, KnownDocument>;

export interface KnownDocument {
  readonly sha256: string;
  /** SHA-256 by path of everything below its folder, and of its logos. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of artifacts that took the place of another content on purpose. */
  readonly superseding: ReadonlySet<string>;
}

/** How many documents are read at once. */
const WIDTH = 16;

/** Bytes of a schema, and of a file for a host. */
const SMALL = 1_048_576;
const SCHEMA = /^[a-z0-9][a-z0-9-]{0,60}\.schema\.json$/u;

/**
 * Reads the registry in a folder: every document is verified, and it is looked whether all files are there in their
 * size. What other files hold is verified whenever they are opened. Rejects with `registry-not-found` where there is
 * none, and with `registry-damaged` where it is not whole, links included.
 */
export async function readBuiltFolder(folder: string, signal?: AbortSignal): Promise<BuiltFolder> {
  try {
    const files = directoryFiles(folder, signal);
    const indexBytes = await readIndex(files);
    const index = await INDEX_DOCUMENT.parse(indexBytes, files.addressOf(INDEX_PATH));
    const indexSha256 = await sha256Of(indexBytes);
    const packs = await packFiles(files, index);
    const own = [...packs.values()].flatMap((pack) => pack.files);
    const linked = [...own, ...(await sharedFiles(files, index))];
    const pointer: MirrorFile = {
      path: INDEX_PATH,
      sha256: indexSha256,
      size: indexBytes.byteLength,
      bytes: indexBytes,
      role: 'index',
    };
    const others = distinctFiles([...linked, ...(await schemas(files, folder)), pointer], files.addressOf(INDEX_PATH));
    const built = others.map(async (file) => ({ entry: await entryOf(files, file), role: file.role }));
    return {
      location: files.location,
      index,
      indexBytes,
      indexSha256,
      files: [...(await Promise.all(built)), ...(await hostFiles(files))],
      documents: new Map([...packs].map(([name, pack]) => [name, knownDocument(pack)])),
    };
  } catch (error) {
    throw asDamage(error);
  }
}

interface PackFiles {
  readonly pack: MirrorPack;
  readonly files: readonly MirrorFile[];
}

function knownDocument({ pack: { document, sha256 }, files }: PackFiles): KnownDocument {
  const superseding = document.releases.filter(({ supersedes = [] }) => supersedes.length > 0);
  return {
    sha256,
    files: new Map(files.map((file) => [file.path, file.sha256])),
    superseding: new Set(superseding.map(({ artifact }) => artifact.path)),
  };
}

async function packFiles(files: RegistryFiles, index: IndexDocument): Promise<ReadonlyMap<string, PackFiles>> {
  const packs = await inParallel(Object.entries(index.packs), WIDTH, async ([name, { document: link }]) => {
    const kind = packDocument(name);
    const bytes = await documentBytes(files, link, kind);
    const document = await kind.parse(bytes, files.addressOf(link.path));
    const pack = { name, document, bytes, sha256: link.sha256 };
    return [name, { pack, files: [...filesOfPack(pack), ...logosOfPack(pack)] }] as const;
  });
  return new Map(packs);
}

async function sharedFiles(files: RegistryFiles, index: IndexDocument): Promise<readonly MirrorFile[]> {
  const { search } = index;
  const sources = index.sources as DocumentLink | undefined;
  const found = await documentBytes(files, search, SEARCH_DOCUMENT);
  await SEARCH_DOCUMENT.parse(found, files.addressOf(search.path));
  if (sources !== undefined) {
    await SOURCES_DOCUMENT.parse(await documentBytes(files, sources, SOURCES_DOCUMENT), files.addressOf(sources.path));
  }
  return [
    linkedFile(search),
    ...(sources === undefined ? [] : [linkedFile(sources)]),
    { path: 'search.json', sha256: search.sha256, role: 'stable' },
  ];
}

/** An older Packyard built these under a stable path only. */
function linkedFile({ path, sha256 }: DocumentLink): MirrorFile {
  return { path, sha256, role: path.includes('/') ? 'immutable' : 'stable' };
}

async function documentBytes(
  files: RegistryFiles,
  { path, sha256 }: DocumentLink,
  { name }: RegistryDocument<unknown>,
): Promise<Uint8Array> {
  const bytes = await smallFile(files, path, LIMITS.documents.bytes, `is not ${name}`);
  const found = await sha256Of(bytes);
  if (found !== sha256) throw damaged(files, path, otherBytes(sha256, found));
  return bytes;
}

async function smallFile(files: RegistryFiles, path: string, most: number, what: string): Promise<Uint8Array> {
  try {
    return await files.read(path, most);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    throw damaged(files, path, error.problem === 'missing' ? MISSING : `${what}: ${tooLarge(most)}`);
  }
}

const MISSING = 'does not exist, though a document leads to it';

async function schemas(files: RegistryFiles, folder: string): Promise<readonly MirrorFile[]> {
  const names = namesIn(join(folder, 'schemas')).filter((name) => SCHEMA.test(name));
  return Promise.all(names.map((name) => unlinked(files, `schemas/${name}`)));
}

async function unlinked(files: RegistryFiles, path: string): Promise<MirrorFile> {
  const bytes = await smallFile(files, path, SMALL, 'is not taken');
  return { path, sha256: await sha256Of(bytes), size: bytes.byteLength, bytes, role: 'stable' };
}

async function hostFiles(files: RegistryFiles): Promise<readonly BuiltFile[]> {
  const found = await Promise.all(
    HOST_FILES.map(async (path) => ((await files.sizeOf(path)) === undefined ? [] : [await unlinked(files, path)])),
  );
  return Promise.all(found.flat().map(async (file) => ({ entry: await entryOf(files, file), role: 'host' as const })));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

async function entryOf(files: RegistryFiles, { path, sha256, size, role }: MirrorFile): Promise<Entry> {
  const found = await files.sizeOf(path);
  if (found === undefined) throw damaged(files, path, MISSING);
  if (size !== undefined && size !== found) {
    throw damaged(files, path, `has ${found} of the ${size} bytes that its document says`);
  }
  return {
    path,
    sha256,
    size: found,
    mediaType: mediaTypeOf(path),
    cache: role === 'immutable' ? 'immutable' : 'revalidate',
    open: () => verified(files, path, sha256, found),
  };
}

async function* verified(files: RegistryFiles, path: string, sha256: string, size: number): AsyncGenerator<Uint8Array> {
  const running = startSha256();
  let total = 0;
  try {
    for await (const chunk of files.stream(path, size)) {
      running.update(chunk);
      total += chunk.byteLength;
      yield chunk;
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw asDamage(error);
    throw damaged(files, path, error.problem === 'missing' ? MISSING : `has more than ${size} bytes now`);
  }
  if (total !== size) throw damaged(files, path, `has ${total} of the ${size} bytes that its document says`);
  const found = await running.hex();
  if (found !== sha256) throw damaged(files, path, otherBytes(sha256, found));
}

const HINT = 'Build the registry anew with `packyard build`; of this folder nothing more is published.';

function damaged(files: RegistryFiles, path: string, what: string): PackyardError {
  return new PackyardError({
    code: 'registry-damaged',
    message: `${files.addressOf(path)} ${what}.`,
    hint: HINT,
  });
}

/** What is no sound registry is not published, in whichever way it is none. */
function asDamage(error: unknown): unknown {
  if (!(error instanceof PackyardError)) return error;
  const { code, message, cause } = error;
  if (code === 'registry-not-found') {
    const hint = 'Make one with `packyard build`, or name another folder with --from.';
    return new PackyardError({ code, message, hint, cause });
  }
  if (code !== 'registry-invalid') return error;
  return new PackyardError({ code: 'registry-damaged', message, hint: HINT, cause });
}
