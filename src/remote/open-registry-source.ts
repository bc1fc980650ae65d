import { PackyardError } from '../errors.ts';
import type { DocumentLink, IndexDocument, PackDocument, SearchDocument, SourcesDocument } from '../model/documents.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { LIMITS } from '../model/limits.ts';
import { isRegistryPath } from './document-paths.ts';
import { otherBytes, tooLarge } from './file-failures.ts';
import type { HttpOptions } from './http-files.ts';
import { isReplaced } from './is-replaced.ts';
import { openRegistryFiles } from './open-registry-files.ts';
import { invalidDocument, type DocumentKind } from './parse-document.ts';
import {
  INDEX_DOCUMENT,
  packDocument,
  SEARCH_DOCUMENT,
  SOURCES_DOCUMENT,
  type RegistryDocument,
} from './registry-documents.ts';
import { FileProblem, INDEX_PATH, type RegistryFiles, type Transferred } from './registry-files.ts';
import { sha256Of, startSha256 } from './sha256.ts';
import type { ExpectedFile, RegistrySource } from './registry-source.ts';

/** Keeps documents of hosts by the hash of their bytes; what it gives is checked. */
export interface DocumentCache {
  read(sha256: string): Promise<Uint8Array | undefined>;
  write(sha256: string, bytes: Uint8Array): Promise<void>;
}

export interface RegistrySourceOptions extends HttpOptions {
  readonly cache?: DocumentCache;
}

/**
 * Opens the registry in a directory, or at a `file:` or HTTP(S) URL, by reading its index. A user name and password in
 * the URL are sent to its origin only. Rejects as `RegistrySource` says, with `registry-not-found` where there is no
 * index, and with `usage` when the location is neither.
 */
export async function openRegistrySource(
  location: string,
  options: RegistrySourceOptions = {},
): Promise<RegistrySource> {
  const { cache, ...rest } = options;
  const { files, remote } = await openRegistryFiles(location, rest);
  try {
    const bytes = await readIndex(files);
    const index = await INDEX_DOCUMENT.parse(bytes, files.addressOf(INDEX_PATH));
    return new OpenSource(files, index, await sha256Of(bytes), remote ? cache : undefined);
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** The bytes of the index. Rejects with `registry-not-found` where there is none. */
export async function readIndex(files: RegistryFiles): Promise<Uint8Array> {
  const address = files.addressOf(INDEX_PATH);
  try {
    return await files.read(INDEX_PATH, LIMITS.documents.bytes);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    if (error.problem === 'too-large') throw invalidDocument(address, INDEX_DOCUMENT, tooLarge(LIMITS.documents.bytes));
    throw noIndex(files);
  }
}

/** Of a place that answers, and has no index. */
export function noIndex(files: RegistryFiles): PackyardError {
  return new PackyardError({
    code: 'registry-not-found',
    message: `There is no registry at ${files.location}: ${files.addressOf(INDEX_PATH)} does not exist.`,
    hint: 'Name the address of the folder that holds index.json.',
  });
}

class OpenSource implements RegistrySource {
  readonly index: IndexDocument;
  readonly indexSha256: string;
  readonly #files: RegistryFiles;
  readonly #cache: DocumentCache | undefined;

  constructor(files: RegistryFiles, index: IndexDocument, indexSha256: string, cache: DocumentCache | undefined) {
    this.#files = files;
    this.index = index;
    this.indexSha256 = indexSha256;
    this.#cache = cache;
  }

  get location(): string {
    return this.#files.location;
  }

  get transferred(): Transferred {
    return this.#files.transferred;
  }

  async document(name: string): Promise<PackDocument | undefined> {
    const link = this.index.packs[name]?.document;
    if (link === undefined) return undefined;
    return this.#document(link, packDocument(name));
  }

  search(): Promise<SearchDocument> {
    return this.#document(this.index.search, SEARCH_DOCUMENT);
  }

  async sources(): Promise<SourcesDocument | undefined> {
    const link = this.index.sources as DocumentLink | undefined;
    return link === undefined ? undefined : this.#document(link, SOURCES_DOCUMENT);
  }

  async *open(
    path: string,
    expected: ExpectedFile,
    maxBytes: number = LIMITS.publishedFileBytes,
  ): AsyncGenerator<Uint8Array> {
    this.#requireInside(path);
    const { sha256, size } = expected;
    if (size !== undefined && size > maxBytes) throw this.#tooLarge(path, maxBytes);
    const running = startSha256();
    let total = 0;
    try {
      for await (const chunk of this.#files.stream(path, size ?? maxBytes)) {
        running.update(chunk);
        total += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      if (error.problem === 'missing') throw await this.#broken(path, 'does not exist, though the index leads to it');
      if (size === undefined) throw this.#tooLarge(path, maxBytes);
      throw await this.#broken(path, `is larger than the ${formatBytes(size)} that were published`);
    }
    if (size !== undefined && total < size) {
      throw await this.#broken(path, `has ${total} of the ${size} bytes that were published`);
    }
    const found = await running.hex();
    if (found !== sha256) throw await this.#broken(path, otherBytes(sha256, found));
  }

  sizeOf(path: string): Promise<number | undefined> {
    this.#requireInside(path);
    return this.#files.sizeOf(path);
  }

  close(): Promise<void> {
    return this.#files.close();
  }

  async #document<Document>(link: DocumentLink, kind: RegistryDocument<Document>): Promise<Document> {
    return kind.parse(await this.#verified(link, kind), this.#files.addressOf(link.path));
  }

  async #verified({ path, sha256 }: DocumentLink, kind: DocumentKind): Promise<Uint8Array> {
    const cached = await this.#cache?.read(sha256);
    if (cached !== undefined && (await sha256Of(cached)) === sha256) return cached;
    let bytes: Uint8Array;
    try {
      bytes = await this.#files.read(path, LIMITS.documents.bytes);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      if (error.problem === 'missing') throw await this.#broken(path, 'does not exist, though the index leads to it');
      throw invalidDocument(this.#files.addressOf(path), kind, tooLarge(LIMITS.documents.bytes));
    }
    const found = await sha256Of(bytes);
    if (found !== sha256) throw await this.#broken(path, otherBytes(sha256, found));
    await this.#cache?.write(sha256, bytes);
    return bytes;
  }

  #requireInside(path: string): void {
    if (isRegistryPath(path)) return;
    throw new PackyardError({
      code: 'registry-invalid',
      message: `${JSON.stringify(path.slice(0, 200))} is no path of a registry.`,
      hint: `It was not read from ${this.location}.`,
    });
  }

  #tooLarge(path: string, maxBytes: number): PackyardError {
    return new PackyardError({
      code: 'registry-invalid',
      message: `${this.#files.addressOf(path)} is not read: ${tooLarge(maxBytes)}.`,
      hint: 'No registry that Packyard builds holds a file of that size.',
    });
  }

  /** Why a file is not what the index says: it may be of another state, which was published meanwhile. */
  async #broken(path: string, what: string): Promise<PackyardError> {
    const address = this.#files.addressOf(path);
    if (await isReplaced(this.#files, this.indexSha256)) {
      return new PackyardError({
        code: 'registry-changed',
        message: `The registry at ${this.location} was published anew while it was read: ${address} ${what}.`,
        hint: 'Run the command again.',
      });
    }
    const remark = this.#files.remarkOn(path);
    return new PackyardError({
      code: 'registry-damaged',
      message: `${address} ${what}.`,
      hint:
        remark ?? 'It was not used. Publish the registry anew, or ask those who do; a proxy may be at fault as well.',
    });
  }
}
