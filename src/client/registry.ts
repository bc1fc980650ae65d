import type { IndexDocument, PackDocument, ReleaseDocument, SearchDocument } from '../model/documents.ts';
import type { Transferred } from '../remote/registry-files.ts';

/** One release of a registry, with the name of its pack. */
export interface RegistryRelease {
  readonly name: string;
  readonly release: ReleaseDocument;
}

/** The verified bytes of a file of a registry. */
export interface FetchedFile {
  readonly size: number;
  readonly sha256: string;
  /** Where a cache keeps them on this machine: not to be changed. */
  readonly path?: string;
  /** As they are; may be asked for again and again. */
  open(): AsyncIterable<Uint8Array>;
}

export interface FetchFileOptions {
  readonly signal?: AbortSignal;
  /** Called as bytes come, with how many are there. */
  readonly onBytes?: (received: number, total: number) => void;
}

/** What the reader of a registry should know, though it got what it asked for. */
export interface ClientWarning {
  readonly code:
    | 'mirror-failed'
    | 'mirror-damaged'
    | 'registry-older'
    | 'deprecated'
    | 'disabled'
    | 'yanked'
    | 'min-age';
  /** A sentence. */
  readonly message: string;
  readonly hint?: string;
}

/**
 * A registry that was opened for reading. Nothing is fetched before it is needed. Methods reject with a
 * `PackyardError`, whose `code` says what is wrong, or with the reason of the signal.
 */
export interface Registry {
  /** For messages: never holds credentials. */
  readonly location: string;
  index(): Promise<IndexDocument>;
  searchDocument(): Promise<SearchDocument>;
  /** A pack's document. Rejects with `unknown-pack`, which names the nearest. */
  pack(name: string): Promise<PackDocument>;
  /** Hash of the index that was read; undefined before, and where none was needed. */
  readonly indexSha256: string | undefined;
  /**
   * A file of the registry by its path and what it must be, whole and verified, from the cache or from a host.
   */
  fetchFile(
    path: string,
    expected: { readonly sha256: string; readonly size?: number },
    options?: FetchFileOptions,
  ): Promise<FetchedFile>;
  readonly transferred: Transferred;
  close(): Promise<void>;
}
