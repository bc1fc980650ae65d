export const INDEX_PATH = 'index.json';

/** The files below a registry's base, wherever that is. Paths were checked by the caller. */
export interface RegistryFiles {
  /** Of the base, for messages: never holds credentials. */
  readonly location: string;
  /** Of a file, for messages. */
  addressOf(path: string): string;
  /** A whole file. Rejects with `FileProblem`, or a `PackyardError` when it cannot be read. */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /**
   * A file as it comes, from byte `from` (0 unless told) to its end; throws what `read` rejects with. `maxBytes` counts
   * from the beginning of the file. A signal that aborts ends what is under way, whoever waits for it or not.
   */
  stream(path: string, maxBytes: number, from?: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** A file that may have changed since it was read last. Rejects as `read` does. */
  revalidate(path: string, maxBytes: number, known: Validators | undefined): Promise<Revalidated>;
  /** In bytes, where that is known without reading. */
  sizeOf(path: string): Promise<number | undefined>;
  /** What the place does to a file that could explain why its bytes are not those that were published. */
  remarkOn(path: string): string | undefined;
  readonly transferred: Transferred;
  close(): Promise<void>;
}

/** By what a host knows whether a file is still the same. Source: RFC 9110, 8.8. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface Revalidated {
  /** Undefined when the file is what it was. */
  readonly bytes: Uint8Array | undefined;
  readonly validators: Validators;
  /** Milliseconds for which nobody needs to ask again. */
  readonly freshFor: number;
  /** Whether the answer may be kept at all. */
  readonly keep: boolean;
}

export interface Transferred {
  /** Requests that were sent, or files that were opened. */
  readonly requests: number;
  /** Bytes that were read, after what was compressed for the way was unpacked. */
  readonly bytes: number;
}

/** What only the reader of a file can judge, who knows why it was asked for. */
export class FileProblem extends Error {
  readonly problem: 'missing' | 'too-large';

  constructor(problem: FileProblem['problem'], message: string) {
    super(message);
    this.name = 'FileProblem';
    this.problem = problem;
  }
}
