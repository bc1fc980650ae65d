import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import type { Content } from '../model/entry.ts';
import { makeFolder } from '../remote/make-folder.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../repo/temporary-folder.ts';
import { sha256 } from '../model/content.ts';

export type RecordKind =
  | 'checks'
  | 'releases'
  | 'logos'
  | 'directories'
  | 'history'
  | 'configs'
  | 'outputs'
  | 'registries'
  | 'documents'
  | 'statuses';

/**
 * Keeps what builds made, by content and by key. Files appear under their final names complete or not at all, so that
 * any number of builds can share one; what was damaged meanwhile is noticed by its hash.
 */
export interface Cache {
  readonly directory: string;
  /** True when nothing was ever recorded. */
  readonly empty: boolean;
  /** What was recorded under a key; undefined when there is nothing or it was damaged. */
  record(kind: RecordKind, key: string): Promise<unknown>;
  putRecord(kind: RecordKind, key: string, value: unknown): Promise<void>;
  /** Stores bytes under their hash. */
  store(data: Uint8Array): Promise<Content>;
  /** Stores a stream of bytes under its hash. */
  storeStream(chunks: AsyncIterable<Uint8Array>): Promise<Content>;
  /** Bytes that were stored before; whether they still are is known when they are read. */
  content(hash: string, size: number): Content;
  /** Bytes that were stored as part of a larger file, from an offset in it. */
  part(file: string, offset: number, hash: string, size: number): Content;
  /** Removes what a cache that was made for one build holds; does nothing for any other. */
  dispose(): Promise<void>;
}

/** Folder of everything that this version of the cache keeps. */
export const LAYOUT = 'v1';

/** The cache below a directory, which is made when something is stored. */
export function openCache(directory: string): Cache {
  return new DirectoryCache(directory, false);
}

/** A cache for one build, which starts empty and is removed with `dispose`. */
export async function temporaryCache(): Promise<Cache> {
  return new DirectoryCache(await makeTemporaryFolder('cache'), true);
}

/** Files up to this size, in bytes, are read at once. */
const ONE_READ = 1_048_576;

class DirectoryCache implements Cache {
  readonly directory: string;
  readonly #temporary: boolean;
  readonly #made = new Set<string>();

  constructor(directory: string, temporary: boolean) {
    this.directory = directory;
    this.#temporary = temporary;
  }

  get empty(): boolean {
    return !existsSync(join(this.directory, LAYOUT, 'releases'));
  }

  async record(kind: RecordKind, key: string): Promise<unknown> {
    const path = this.#path(kind, key);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw this.#unusable(error);
    }
    const [hash, json = ''] = [text.slice(0, 64), text.slice(65)];
    if (sha256(json) === hash) return JSON.parse(json) as unknown;
    rmSync(path, { force: true });
    return undefined;
  }

  async putRecord(kind: RecordKind, key: string, value: unknown): Promise<void> {
    const json = JSON.stringify(value);
    this.#publish(this.#write(`${sha256(json)}\n${json}`), this.#path(kind, key));
  }

  async store(data: Uint8Array): Promise<Content> {
    const hash = sha256(data);
    this.#publish(this.#write(data), this.#path('files', hash));
    return this.content(hash, data.byteLength);
  }

  async storeStream(chunks: AsyncIterable<Uint8Array>): Promise<Content> {
    const { path, hash, size } = await this.#writeStream(chunks);
    this.#publish(path, this.#path('files', hash));
    return this.content(hash, size);
  }

  content(hash: string, size: number): Content {
    const path = this.#path('files', hash);
    return { sha256: hash, size, open: () => verified(readWhole(path, size), hash, size) };
  }

  part(file: string, offset: number, hash: string, size: number): Content {
    const path = this.#path('files', file);
    return { sha256: hash, size, open: () => verified(readPart(path, offset, size), hash, size) };
  }

  async dispose(): Promise<void> {
    if (this.#temporary) await removeTemporaryFolder(this.directory);
  }

  #path(kind: string, key: string): string {
    const name = /^[0-9a-f]{64}$/u.test(key) ? key : sha256(key);
    return join(this.directory, LAYOUT, kind, name);
  }

  /**
   * Synchronous: small files are written in microseconds, but would wait in the thread pool behind pictures and archives
   * that are being compressed there.
   */
  #write(data: Uint8Array | string): string {
    const path = this.#temporaryPath();
    try {
      writeFileSync(path, data, { flag: 'wx', mode: 0o600 });
      return path;
    } catch (error) {
      rmSync(path, { force: true });
      throw this.#unusable(error);
    }
  }

  async #writeStream(chunks: AsyncIterable<Uint8Array>): Promise<{ path: string; hash: string; size: number }> {
    const path = this.#temporaryPath();
    const hash = createHash('sha256');
    let size = 0;
    try {
      const file = openSync(path, 'wx', 0o600);
      try {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.byteLength;
          writeFileSync(file, chunk);
        }
      } finally {
        closeSync(file);
      }
    } catch (error) {
      rmSync(path, { force: true });
      throw this.#unusable(error);
    }
    return { path, hash: hash.digest('hex'), size };
  }

  #temporaryPath(): string {
    const path = join(this.directory, LAYOUT, 'tmp', randomUUID());
    this.#makeFolder(dirname(path));
    return path;
  }

  #publish(from: string, to: string): void {
    this.#makeFolder(dirname(to));
    try {
      renameSync(from, to);
    } catch (error) {
      rmSync(from, { force: true });
      // Windows refuses to replace a file that another build is reading: what is there has the same name, so the same bytes.
      if (['EPERM', 'EACCES'].includes(systemCode(error) ?? '') && existsSync(to)) return;
      throw this.#unusable(error);
    }
  }

  #makeFolder(path: string): void {
    // Somebody may have cleared the cache meanwhile.
    if (this.#made.has(path) && existsSync(path)) return;
    try {
      makeFolder(path);
    } catch (error) {
      throw this.#unusable(error);
    }
    this.#made.add(path);
  }

  #unusable(error: unknown): unknown {
    const code = systemCode(error);
    if (error instanceof PackyardError || code === undefined) return error;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      return new PackyardError({
        code: 'no-space',
        message: `No space is left for the cache in ${this.directory}.`,
        hint: 'Free some, run `packyard cache clear`, or point PACKYARD_CACHE_DIR somewhere larger. The registry was not touched.',
        cause: error,
      });
    }
    return new PackyardError({
      code: 'cache-unusable',
      message: `The cache in ${this.directory} cannot be used (${code}).`,
      hint: 'Point PACKYARD_CACHE_DIR to a folder that can be written, or build with --no-cache.',
      cause: error,
    });
  }
}

async function* readWhole(path: string, size: number): AsyncGenerator<Uint8Array> {
  if (size <= ONE_READ) yield readFileSync(path);
  else yield* createReadStream(path, { highWaterMark: ONE_READ }) as AsyncIterable<Buffer>;
}

async function* readPart(path: string, offset: number, size: number): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const data = Buffer.alloc(size);
    yield data.subarray(0, readSync(file, data, 0, size, offset));
  } finally {
    closeSync(file);
  }
}

/** Gives bytes and throws at their end when they are not what was stored. */
async function* verified(
  chunks: AsyncIterable<Uint8Array>,
  expected: string,
  size: number,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw corrupt(expected, size, 'gone', error);
  }
  if (hash.digest('hex') !== expected) throw corrupt(expected, size, 'damaged');
}

function corrupt(hash: string, size: number, state: string, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'cache-corrupt',
    message: `The cached file ${hash} (${size} bytes) is ${state}.`,
    hint: 'Build again: it will be made anew. If it happens often, run `packyard cache clear`.',
    cause,
  });
}
