import type { IndexDocument, PackDocument, SearchDocument, SourcesDocument } from '../model/documents.ts';
import type { Transferred } from './registry-files.ts';

/** What a file must be; a size where it is known is checked before anything is read. */
export interface ExpectedFile {
  readonly sha256: string;
  readonly size?: number;
}

/**
 * One published state of a registry, read from its index downwards by hash. Every method rejects with a `PackyardError`:
 * `registry-unreachable`, `registry-denied`, `registry-untrusted` (the way there), `registry-invalid` (what is there is
 * not what a registry holds), `registry-damaged` (it is not what the index says), `registry-changed` (another state was
 * published meanwhile, and took the place of this one: open the registry again); or with the reason of the signal.
 */
export interface RegistrySource {
  /** For messages: never holds credentials. */
  readonly location: string;
  /** Its `packs` have no prototype. Where an older Packyard wrote it, it holds no `sources`. */
  readonly index: IndexDocument;
  readonly indexSha256: string;
  /** A pack's document; undefined when the index has no such pack. */
  document(name: string): Promise<PackDocument | undefined>;
  search(): Promise<SearchDocument>;
  /** Undefined where the registry was published without it. */
  sources(): Promise<SourcesDocument | undefined>;
  /**
   * The bytes of a file as they come: only when the end is reached without an error are they what was expected. At most
   * `maxBytes`, which are 256 MiB unless told.
   */
  open(path: string, expected: ExpectedFile, maxBytes?: number): AsyncIterable<Uint8Array>;
  /** Bytes of a file, where that is known without reading it; undefined also where there is none. */
  sizeOf(path: string): Promise<number | undefined>;
  /** So far. */
  readonly transferred: Transferred;
  /** Ends what is under way; nothing can be read afterwards from a host. */
  close(): Promise<void>;
}
