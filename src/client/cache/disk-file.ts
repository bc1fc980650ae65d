import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { utimes } from 'node:fs/promises';

import { PackyardError, systemCode } from '../../errors.ts';
import type { FetchedFile } from '../registry.ts';

/** Size of a file that has these bytes; undefined when it has others, or is not there. */
export async function isWhole(path: string, sha256: string): Promise<number | undefined> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
  if (hash.digest('hex') !== sha256) return undefined;
  // Says when it was of use last, for whoever makes room.
  await utimes(path, new Date(), new Date()).catch(() => undefined);
  return size;
}

/** A file of the cache. It is hashed once more as it is read: another process may have damaged it meanwhile. */
export function diskFile(path: string, sha256: string, size: number): FetchedFile {
  return { path, size, sha256, open: () => verified(path, sha256) };
}

async function* verified(path: string, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') === sha256) return;
  throw new PackyardError({
    code: 'cache-corrupt',
    message: `${path} was changed while it was read.`,
    hint: 'Run the command again; it is fetched anew.',
  });
}
