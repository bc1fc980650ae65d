import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import type { Content } from '../model/entry.ts';
import { sha256 } from './content.ts';

export type RecordKind = 'releases' | 'logos' | 'history' | 'configs' | 'outputs';

/**
 * Keeps what builds made, by content and by key. Files appear under their final names complete or not at all, so that
 * any number of builds can share one; what was damaged meanwhile is noticed by its hash.
 */
export interface Cache {
  readonly directory: string;
  /** What was recorded under a key; undefined when there is nothing or it was damaged. */
  record(kind: RecordKind, key: string): Promise<unknown>;
  putRecord(kind: RecordKind, key: string, value: unknown): Promise<void>;
  /** Stores a stream of bytes under its hash. */
  store(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Content>;
  /** Bytes that were stored before; whether they still are is known when they are read. */
  content(hash: string, size: number): Content;
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
  return new DirectoryCache(await mkdtemp(join(tmpdir(), 'packyard-cache-')), true);
}

class DirectoryCache implements Cache {
  readonly directory: string;
  readonly #temporary: boolean;
  readonly #made = new Map<string, Promise<unknown>>();

  constructor(directory: string, temporary: boolean) {
    this.directory = directory;
    this.#temporary = temporary;
  }

  async record(kind: RecordKind, key: string): Promise<unknown> {
    const path = this.#path(kind, key);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw this.#unusable(error);
    }
    const [hash, json = ''] = [text.slice(0, 64), text.slice(65)];
    if (sha256(json) === hash) return JSON.parse(json) as unknown;
    await rm(path, { force: true });
    return undefined;
  }

  async putRecord(kind: RecordKind, key: string, value: unknown): Promise<void> {
    const json = JSON.stringify(value);
    const temporary = await this.#write([Buffer.from(`${sha256(json)}\n${json}`)]);
    await this.#publish(temporary.path, this.#path(kind, key));
  }

  async store(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Content> {
    const { path, hash, size } = await this.#write(chunks);
    await this.#publish(path, this.#path('files', hash));
    return this.content(hash, size);
  }

  content(hash: string, size: number): Content {
    const path = this.#path('files', hash);
    return { sha256: hash, size, open: () => readVerified(path, hash, size) };
  }

  async dispose(): Promise<void> {
    if (this.#temporary) await rm(this.directory, { recursive: true, force: true });
  }

  #path(kind: string, key: string): string {
    const name = /^[0-9a-f]{64}$/u.test(key) ? key : sha256(key);
    return join(this.directory, LAYOUT, kind, name.slice(0, 2), name);
  }

  async #write(
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<{ path: string; hash: string; size: number }> {
    const path = join(this.directory, LAYOUT, 'tmp', randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    try {
      await this.#make(dirname(path));
      const file = await open(path, 'wx', 0o600);
      try {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.byteLength;
          await file.writeFile(chunk);
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw this.#unusable(error);
    }
    return { path, hash: hash.digest('hex'), size };
  }

  async #publish(from: string, to: string): Promise<void> {
    try {
      await this.#make(dirname(to));
      await rename(from, to);
    } catch (error) {
      await rm(from, { force: true });
      // Windows refuses to replace a file that another build is reading: what is there has the same name, so the same bytes.
      if (['EPERM', 'EACCES'].includes(systemCode(error) ?? '') && (await exists(to))) return;
      throw this.#unusable(error);
    }
  }

  #make(directory: string): Promise<unknown> {
    const made = this.#made.get(directory) ?? mkdir(directory, { recursive: true });
    this.#made.set(directory, made);
    return made;
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

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Streams a file and throws at its end when it is not what its name says. */
async function* readVerified(path: string, expected: string, size: number): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
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
