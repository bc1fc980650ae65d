import type { Entry } from '../model/entry.ts';

/** A file that a store has. */
export interface StoredFile {
  /** Below the store's base, with `/`. */
  readonly path: string;
  readonly size: number;
  /** Of its bytes, where the store knows it without reading them. */
  readonly sha256?: string;
  /** Instead of `sha256`, where that is all the store knows: lower-case hexadecimal. It may be that of other bytes. */
  readonly md5?: string;
  /** By what a conditional put knows it again. */
  readonly etag?: string;
  /** Milliseconds since 1970, where the store knows it. */
  readonly modifiedAt?: number;
}

/** When a file is written: only where there is none, or only over the one that was read. */
export type Condition = { readonly kind: 'absent' } | { readonly kind: 'unchanged'; readonly etag: string };

/** What a store did. */
export interface StoreTraffic {
  readonly requests: number;
  readonly bytesSent: number;
}

/**
 * A place that a registry is published to. Paths are checked before anything is asked. Methods reject with a
 * `PackyardError` whose message names the place without credentials, or with the reason of the signal.
 */
export interface Store {
  /** For messages: never holds credentials. */
  readonly location: string;
  /**
   * Whether everything that was put and removed appears at once with `commit`. Elsewhere each file appears when it was
   * put, and `commit` has nothing to do.
   */
  readonly atomic: boolean;
  /** Absolute path, where it is a folder of this machine. */
  readonly folder?: string;
  /** Bytes that the place allows in all, where it has such a limit. */
  readonly limit?: number;
  /** Files of a registry that are there, in no order. */
  list(): AsyncIterable<StoredFile>;
  /** A whole small file; undefined where there is none. */
  read(path: string, maxBytes: number): Promise<{ readonly bytes: Uint8Array; readonly etag?: string } | undefined>;
  /** Writes a file with its media type and its caching. `conflict` where the condition does not hold. */
  put(entry: Entry, condition?: Condition): Promise<'written' | 'conflict'>;
  remove(paths: readonly string[]): Promise<void>;
  /** Says whether the place can keep a condition. Where it cannot, a publisher looks again after it wrote. */
  keepsConditions(): Promise<boolean>;
  /** `conflict` where somebody else was faster: nothing of what was put is there then. */
  commit(message: string): Promise<'done' | 'conflict'>;
  readonly traffic: StoreTraffic;
  close(): Promise<void>;
}
