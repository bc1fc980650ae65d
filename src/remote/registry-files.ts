export const INDEX_PATH = 'index.json';

/** The files below a registry's base, wherever that is. Paths were checked by the caller. */
export interface RegistryFiles {
  /** Of the base, for messages: never holds credentials. */
  readonly location: string;
  /** Of a file, for messages. */
  addressOf(path: string): string;
  /** A whole file. Rejects with `FileProblem`, or a `PackyardError` when it cannot be read. */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /** A file as it comes, from its beginning to its end; throws what `read` rejects with. */
  stream(path: string, maxBytes: number): AsyncIterable<Uint8Array>;
  /** In bytes, where that is known without reading. */
  sizeOf(path: string): Promise<number | undefined>;
  /** What the place does to a file that could explain why its bytes are not those that were published. */
  remarkOn(path: string): string | undefined;
  readonly transferred: Transferred;
  close(): Promise<void>;
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
