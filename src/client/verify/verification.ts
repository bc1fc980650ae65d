import { PackyardError } from '../../errors.ts';
import { tooLarge } from '../../remote/file-failures.ts';
import { FileProblem, type RegistryFiles } from '../../remote/registry-files.ts';
import { slots, type Slots } from '../../remote/slots.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

/** So many files in a row that a host does not give: it is away, and asking for all others would take for ever. */
const GIVE_UP = 20;

export interface Verified {
  readonly files: number;
  readonly bytes: number;
}

/** One verification while it is under way: where files come from, and how much was read. */
export class Verification {
  readonly files: RegistryFiles;
  readonly remote: boolean;
  readonly width: number;
  readonly signal: AbortSignal | undefined;
  readonly #slots: Slots;
  #files = 0;
  #bytes = 0;
  #failuresInARow = 0;

  constructor(files: RegistryFiles, options: { remote: boolean; width: number; signal?: AbortSignal | undefined }) {
    this.files = files;
    this.remote = options.remote;
    this.width = options.width;
    this.signal = options.signal;
    this.#slots = slots(options.width);
  }

  get verified(): Verified {
    return { files: this.#files, bytes: this.#bytes };
  }

  /** A file was read to its end. */
  count(bytes: number): void {
    this.#failuresInARow = 0;
    this.#files += 1;
    this.#bytes += bytes;
  }

  /** Waits until a file may be read, so that never more than `width` are open. */
  async inSlot<Result>(work: () => Promise<Result>): Promise<Result> {
    const giveBack = await this.#slots.take();
    try {
      this.signal?.throwIfAborted();
      return await work();
    } finally {
      giveBack();
    }
  }

  /** Why a file was not read to its end, of at most `maxBytes`. Throws what is no finding, such as an abort. */
  async problemOf(error: unknown, path: string, maxBytes: number, size?: number): Promise<VerifyFinding> {
    this.signal?.throwIfAborted();
    if (error instanceof FileProblem) {
      // The host answered, though not as one would like.
      this.#failuresInARow = 0;
      if (error.problem === 'missing')
        return verifyFinding('missing', path, 'does not exist, though a document leads to it');
      return this.#tooLarge(path, maxBytes, size);
    }
    if (!(error instanceof PackyardError)) throw error;
    const message = afterAddress(error.message, this.files.addressOf(path));
    if (!this.remote && error.code === 'registry-invalid') return verifyFinding('not-a-file', path, message);
    this.#failuresInARow += 1;
    if (this.remote && this.#failuresInARow >= GIVE_UP) throw error;
    return verifyFinding('unreadable', path, message);
  }

  async #tooLarge(path: string, maxBytes: number, size: number | undefined): Promise<VerifyFinding> {
    if (size === undefined) return verifyFinding('size', path, `is not read: ${tooLarge(maxBytes)}`);
    const found = await this.files.sizeOf(path);
    return verifyFinding('size', path, `is larger than the ${size} bytes that were published`, {
      expected: String(size),
      found: found === undefined ? `more than ${size}` : String(found),
    });
  }
}

/** Errors begin with the address of their file and end with a full stop; a finding has its path for itself. */
function afterAddress(message: string, address: string): string {
  const rest = message.startsWith(`${address} `) ? message.slice(address.length + 1) : message;
  return rest.replace(/[.]$/u, '');
}
