/** Bytes that can be read again and again; `sha256` is lower-case hexadecimal, `size` counts bytes. */
export interface Content {
  readonly sha256: string;
  readonly size: number;
  /** Streams the bytes. Throws `PackyardError` `cache-corrupt` when they no longer match `sha256`. */
  open(): AsyncIterable<Uint8Array>;
}

/** One file of the registry. Every output, store and check works on entries and nothing else. */
export interface Entry extends Content {
  /** Path below the registry's base URL, with `/`, never escaping it. */
  readonly path: string;
  readonly mediaType: string;
  readonly cache: 'immutable' | 'revalidate';
}
