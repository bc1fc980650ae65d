import type { Validators } from '../../remote/registry-files.ts';
import type { FetchedFile } from '../registry.ts';

/** What a mutable document was when it was read last. */
export interface Pointer {
  readonly sha256: string;
  readonly validators: Validators;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
  /** Milliseconds since `fetchedAt` for which nobody needs to ask again. */
  readonly freshFor: number;
}

/** A file that is being fetched: nobody else sees it before it is whole and right. */
export interface Download {
  /** Bytes that are there already, from an earlier run. */
  readonly received: number;
  append(chunk: Uint8Array): Promise<void>;
  /** Forgets what is there. */
  restart(): Promise<void>;
  /** Hash of what is there. */
  sha256(): Promise<string>;
  /** Makes it a file of the cache. */
  commit(sha256: string): Promise<FetchedFile>;
  /** Ends it, where it was not made a file; what is there is kept for the next run when `keep` says so. */
  release(keep: boolean): Promise<void>;
}

/** What clients keep from one run to the next, by the hash of its bytes. It is shared by processes. */
export interface ClientCache {
  /** Whole and right, or undefined. */
  document(sha256: string): Promise<Uint8Array | undefined>;
  keepDocument(sha256: string, bytes: Uint8Array): Promise<void>;
  /** What was read from an address; undefined where nothing was, or what is kept is damaged. */
  pointer(address: string): Promise<Pointer | undefined>;
  keepPointer(address: string, pointer: Pointer): Promise<void>;
  /** Whole and right, or undefined. */
  file(sha256: string): Promise<FetchedFile | undefined>;
  download(sha256: string): Promise<Download>;
}
