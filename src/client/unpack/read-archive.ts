import { createHash } from 'node:crypto';

import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.ts';
import { ArchiveProblem, archiveRefused } from './archive-problem.ts';
import type { ArchiveSink } from './archive-sink.ts';
import { expandGzip } from './expand-gzip.ts';
import { TarScanner } from './tar-scanner.ts';
import { untilAborted } from './until-aborted.ts';

/** A file of an archive, by its path inside the archive's root folder. */
export interface ArchiveFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
  /** By its owner. */
  readonly executable: boolean;
}

export interface ReadArchiveOptions {
  /** The one folder that the archive holds: `<name>-<version>`. */
  readonly root: string;
  /** Hash that the uncompressed tar must have, in hexadecimal. */
  readonly contentSha256?: string;
  readonly limits?: Partial<ArchiveLimits>;
  readonly signal?: AbortSignal;
}

/**
 * Reads the archive of a release as its bytes come, without keeping them, and resolves with its files in its order.
 * Nothing is written; a sink that is told what comes may, but only when this resolves was all of it sound. Rejects with
 * `archive-refused`, with the reason of the signal, or with what reading the archive or the sink throws.
 */
export async function readArchive(
  archive: AsyncIterable<Uint8Array>,
  options: ReadArchiveOptions,
  sink?: ArchiveSink,
): Promise<readonly ArchiveFile[]> {
  const { root, contentSha256, signal } = options;
  const limits = { ...ARCHIVE_LIMITS, ...options.limits };
  const files = new HashedFiles(sink);
  const scanner = new TarScanner(root, limits, files);
  const content = createHash('sha256');
  const push = (expanded: Buffer): void => {
    content.update(expanded);
    scanner.push(expanded);
  };
  try {
    await expandGzip(untilAborted(archive, signal), push, limits);
    scanner.end();
    const found = content.digest('hex');
    if (contentSha256 !== undefined && found !== contentSha256) {
      throw new ArchiveProblem(
        `it holds other content than was published: its SHA-256 is ${found}, not ${contentSha256}`,
      );
    }
  } catch (error) {
    throw error instanceof ArchiveProblem ? archiveRefused(root, error) : error;
  }
  return files.files;
}

/** Hashes every file on its way to a sink. */
class HashedFiles implements ArchiveSink {
  readonly files: ArchiveFile[] = [];
  readonly #sink: ArchiveSink | undefined;
  #file = { path: '', size: 0, executable: false };
  #hash = createHash('sha256');

  constructor(sink: ArchiveSink | undefined) {
    this.#sink = sink;
  }

  folder(path: string): void {
    this.#sink?.folder(path);
  }

  file(file: { readonly path: string; readonly size: number; readonly executable: boolean }): void {
    this.#file = file;
    this.#hash = createHash('sha256');
    this.#sink?.file(file);
  }

  content(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#sink?.content(bytes);
  }

  end(): void {
    const { path, size, executable } = this.#file;
    this.files.push({ path, size, sha256: this.#hash.digest('hex'), executable });
    this.#sink?.end();
  }
}
