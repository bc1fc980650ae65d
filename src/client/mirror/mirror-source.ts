import { PackyardError } from '../../errors.ts';
import type { DocumentLink, IndexDocument } from '../../model/documents.ts';
import { LIMITS } from '../../model/limits.ts';
import { otherBytes, tooLarge } from '../../remote/file-failures.ts';
import type { HttpOptions } from '../../remote/http-files.ts';
import { isReplaced } from '../../remote/is-replaced.ts';
import { openRegistryFiles } from '../../remote/open-registry-files.ts';
import { readIndex } from '../../remote/open-registry-source.ts';
import { invalidDocument, type DocumentKind } from '../../remote/parse-document.ts';
import { INDEX_DOCUMENT } from '../../remote/registry-documents.ts';
import { FileProblem, INDEX_PATH, type RegistryFiles, type Transferred } from '../../remote/registry-files.ts';
import { sha256Of } from '../../remote/sha256.ts';

/** One published state of a registry, with the bytes of its documents as they were published. */
export interface MirrorSource {
  /** For messages: never holds credentials. */
  readonly location: string;
  /** Whether it costs something to ask: false for a directory. */
  readonly remote: boolean;
  readonly index: IndexDocument;
  readonly indexBytes: Uint8Array;
  readonly indexSha256: string;
  /** Verified bytes. Rejects with `registry-damaged`, `registry-changed` or `registry-invalid`. */
  documentBytes(link: DocumentLink, kind: DocumentKind): Promise<Uint8Array>;
  addressOf(path: string): string;
  /** As `RegistryFiles` has it: nothing is verified. */
  stream(path: string, maxBytes: number, from: number): AsyncIterable<Uint8Array>;
  /** A file that no hash leads to; undefined where there is none. */
  unlinked(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Bytes of a file, where that is known without reading it. */
  sizeOf(path: string): Promise<number | undefined>;
  /** Why a file is not what the index says, which `what` says behind its address: it may be of another state. */
  failure(path: string, what: string): Promise<PackyardError>;
  readonly transferred: Transferred;
  close(): Promise<void>;
}

/** Reads the index of a registry. Rejects as `openRegistrySource` does. */
export async function openMirrorSource(location: string, options: HttpOptions): Promise<MirrorSource> {
  const { files, remote } = await openRegistryFiles(location, options);
  try {
    const bytes = await readIndex(files);
    const index = await INDEX_DOCUMENT.parse(bytes, files.addressOf(INDEX_PATH));
    return new OpenMirrorSource(files, remote, index, bytes, await sha256Of(bytes));
  } catch (error) {
    await files.close();
    throw error;
  }
}

class OpenMirrorSource implements MirrorSource {
  readonly remote: boolean;
  readonly index: IndexDocument;
  readonly indexBytes: Uint8Array;
  readonly indexSha256: string;
  readonly #files: RegistryFiles;

  constructor(
    files: RegistryFiles,
    remote: boolean,
    index: IndexDocument,
    indexBytes: Uint8Array,
    indexSha256: string,
  ) {
    this.#files = files;
    this.remote = remote;
    this.index = index;
    this.indexBytes = indexBytes;
    this.indexSha256 = indexSha256;
  }

  get location(): string {
    return this.#files.location;
  }

  get transferred(): Transferred {
    return this.#files.transferred;
  }

  async documentBytes({ path, sha256 }: DocumentLink, kind: DocumentKind): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await this.#files.read(path, LIMITS.documents.bytes);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      if (error.problem === 'missing') throw await this.failure(path, MISSING);
      throw invalidDocument(this.addressOf(path), kind, tooLarge(LIMITS.documents.bytes));
    }
    const found = await sha256Of(bytes);
    if (found !== sha256) throw await this.failure(path, otherBytes(sha256, found));
    return bytes;
  }

  addressOf(path: string): string {
    return this.#files.addressOf(path);
  }

  stream(path: string, maxBytes: number, from: number): AsyncIterable<Uint8Array> {
    return this.#files.stream(path, maxBytes, from);
  }

  async unlinked(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
    try {
      return await this.#files.read(path, maxBytes);
    } catch (error) {
      if (error instanceof FileProblem) return undefined;
      throw error;
    }
  }

  sizeOf(path: string): Promise<number | undefined> {
    return this.#files.sizeOf(path);
  }

  async failure(path: string, what: string): Promise<PackyardError> {
    const address = this.addressOf(path);
    if (await isReplaced(this.#files, this.indexSha256)) {
      return new PackyardError({
        code: 'registry-changed',
        message: `The registry at ${this.location} was published anew while it was mirrored: ${address} ${what}.`,
        hint: 'Run the command again; what is fetched already stays.',
      });
    }
    const remark = this.#files.remarkOn(path);
    return new PackyardError({
      code: 'registry-damaged',
      message: `${address} ${what}.`,
      hint: `${remark ?? 'Publish the registry anew, or ask those who do; a proxy may be at fault as well.'} The file was not taken.`,
    });
  }

  close(): Promise<void> {
    return this.#files.close();
  }
}

/** What follows the address of a file that is not there. */
export const MISSING = 'does not exist, though the index leads to it';
