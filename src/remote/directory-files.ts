import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, type Stats } from 'node:fs';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import { FileProblem, type RegistryFiles, type Revalidated, type Transferred } from './registry-files.ts';

/** Neither follows a link nor waits for somebody to write into a pipe, where the system knows how. */
const FLAGS = constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');

function flag(name: 'O_NOFOLLOW' | 'O_NONBLOCK'): number {
  return (constants as Partial<Record<typeof name, number>>)[name] ?? 0;
}

const CHUNK = 1_048_576;

/**
 * A registry in a directory. Throws `registry-not-found` when there is no such directory. A link to it is followed once,
 * so that one base is read even when the link is turned to another meanwhile.
 */
export function directoryFiles(path: string, signal?: AbortSignal): RegistryFiles {
  let root: string;
  try {
    root = realpathSync.native(path);
    if (lstatSync(root).isDirectory()) return new DirectoryFiles(path, root, signal);
  } catch (error) {
    const code = systemCode(error) ?? 'unknown error';
    throw noDirectory(path, code === 'ENOENT' ? 'does not exist' : `cannot be opened (${code})`, error);
  }
  throw noDirectory(path, 'is not a directory');
}

function noDirectory(path: string, what: string, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'registry-not-found',
    message: `There is no registry in ${path}: it ${what}.`,
    hint: 'Name the folder that holds index.json.',
    cause,
  });
}

/** Synchronous inside: a document is read in microseconds, but would wait behind other work in the thread pool. */
class DirectoryFiles implements RegistryFiles {
  readonly location: string;
  readonly #root: string;
  readonly #signal: AbortSignal | undefined;
  #requests = 0;
  #bytes = 0;

  constructor(location: string, root: string, signal: AbortSignal | undefined) {
    this.location = location;
    this.#root = root;
    this.#signal = signal;
  }

  get transferred(): Transferred {
    return { requests: this.#requests, bytes: this.#bytes };
  }

  addressOf(path: string): string {
    return join(this.location, ...path.split('/'));
  }

  async read(path: string, maxBytes: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.stream(path, maxBytes)) chunks.push(chunk);
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  }

  async *stream(path: string, maxBytes: number, from = 0): AsyncGenerator<Uint8Array> {
    this.#signal?.throwIfAborted();
    const file = this.#open(path);
    try {
      const { size } = fstatSync(file);
      let total = from;
      for (;;) {
        if (Math.max(size, total) > maxBytes) throw new FileProblem('too-large', path);
        // One byte more than there should be, so that a file that grows is noticed.
        const chunk = Buffer.alloc(Math.min(CHUNK, Math.max(1, size - total + 1)));
        const length = this.#guarded(path, () => readSync(file, chunk, 0, chunk.length, total));
        if (length === 0) return;
        total += length;
        this.#bytes += length;
        if (total > maxBytes) throw new FileProblem('too-large', path);
        yield chunk.subarray(0, length);
        this.#signal?.throwIfAborted();
      }
    } finally {
      closeSync(file);
    }
  }

  async revalidate(path: string, maxBytes: number): Promise<Revalidated> {
    return { bytes: await this.read(path, maxBytes), validators: {}, freshFor: 0, keep: false };
  }

  async sizeOf(path: string): Promise<number | undefined> {
    try {
      return this.#guarded(path, () => this.#inside(path)).size;
    } catch (error) {
      if (error instanceof FileProblem) return undefined;
      throw error;
    }
  }

  remarkOn(): undefined {
    return undefined;
  }

  async close(): Promise<void> {
    // Nothing is kept open between reads.
  }

  #open(path: string): number {
    return this.#guarded(path, () => {
      this.#inside(path);
      this.#requests += 1;
      return openSync(this.#fullPath(path), FLAGS);
    });
  }

  /** What a path leads to: a file below the root, by no link. */
  #inside(path: string): Stats {
    const full = this.#fullPath(path);
    const stats = lstatSync(full);
    if (stats.isSymbolicLink() || realpathSync.native(full) !== full) throw this.#refused(path, 'lies behind a link');
    if (!stats.isFile()) throw this.#refused(path, stats.isDirectory() ? 'is a folder' : 'is a special file');
    return stats;
  }

  #fullPath(path: string): string {
    return join(this.#root, ...path.split('/'));
  }

  #refused(path: string, what: string): PackyardError {
    return new PackyardError({
      code: 'registry-invalid',
      message: `${this.addressOf(path)} ${what}, where a registry has a plain file.`,
      hint: 'Links in a registry could lead anywhere, so none is followed. Copy it with what they lead to.',
    });
  }

  /** Does what a file's state can make fail; the error says so in words. */
  #guarded<Result>(path: string, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const code = systemCode(error);
      if (code === undefined || error instanceof PackyardError) throw error;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') throw new FileProblem('missing', path);
      // It became one between the look at it and its opening.
      if (code === 'ELOOP') throw this.#refused(path, 'lies behind a link');
      throw new PackyardError({
        code: 'registry-unreachable',
        message: `${this.addressOf(path)} cannot be read (${code}).`,
        hint: 'Check who owns it and its permissions.',
        cause: error,
      });
    }
  }
}
