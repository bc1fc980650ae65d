import { createHash } from 'node:crypto';
import { createGzip, type Gzip } from 'node:zlib';

import { canonicalTar } from '../pack/archive.ts';
import type { PackFiles } from '../pack/pack.ts';
import type { Cache } from './cache.ts';
import type { StoredArtifact } from './release-record.ts';

/** RFC 1952: the tenth byte names the operating system; 255 is "unknown", the same everywhere. */
const OS_BYTE = 9;
const OS_UNKNOWN = 255;

/** Two fifths less work than gzip's usual 6, for four bytes more in a hundred. */
const LEVEL = 4;
/** A tenth less work than zlib's usual 8. */
const MEMORY_LEVEL = 9;

/** Packs a release, compresses and hashes it on the way into the cache. */
export async function makeArtifact(cache: Cache, root: string, files: PackFiles): Promise<StoredArtifact> {
  const content = createHash('sha256');
  const compressed = compress(canonicalTar(root, files.values()), (chunk) => content.update(chunk));
  const { sha256, size } = await cache.storeStream(compressed);
  return { sha256, size, contentSha256: content.digest('hex') };
}

async function* compress(chunks: Iterable<Buffer>, onChunk: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const gzip = createGzip({ level: LEVEL, memLevel: MEMORY_LEVEL, chunkSize: 262_144 });
  const fed = feed(gzip, chunks, onChunk);
  fed.catch((error: unknown) => gzip.destroy(error instanceof Error ? error : new Error(String(error))));
  let first = true;
  for await (const chunk of gzip as AsyncIterable<Buffer>) {
    if (first) chunk[OS_BYTE] = OS_UNKNOWN;
    first = false;
    yield chunk;
  }
  await fed;
}

/** One chunk at a time: the next one reuses its buffer. */
async function feed(gzip: Gzip, chunks: Iterable<Buffer>, onChunk: (chunk: Buffer) => void): Promise<void> {
  for (const chunk of chunks) {
    onChunk(chunk);
    await new Promise<void>((resolve, reject) => {
      gzip.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }
  gzip.end();
}
