import { constants, crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';

/** A piece of what is to be compressed, and whether it is compressed already. */
export interface GzipPiece {
  readonly data: Buffer;
  readonly dense: boolean;
}

/** RFC 1952: deflate, without flags, name and time; the last byte, the system, is "unknown": the same everywhere. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** A tenth less work than zlib's usual 8. */
const MEMORY_LEVEL = 9;

/**
 * Compresses pieces as one gzip member (RFC 1952); what is compressed already is stored as it is. Each piece is read
 * before the next is asked for, so that all may share a buffer. `level` is zlib's, from 1 to 9.
 */
export async function* canonicalGzip(pieces: Iterable<GzipPiece>, level: number): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level, memLevel: MEMORY_LEVEL, chunkSize: 262_144 });
  const fed = feed(deflate, pieces, level);
  fed.catch((error: unknown) => deflate.destroy(error instanceof Error ? error : new Error(String(error))));
  yield HEADER;
  yield* deflate as AsyncIterable<Buffer>;
  const { checksum, size } = await fed;
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(checksum, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}

interface Fed {
  readonly checksum: number;
  /** Bytes. */
  readonly size: number;
}

async function feed(deflate: DeflateRaw, pieces: Iterable<GzipPiece>, level: number): Promise<Fed> {
  let checksum = 0;
  let size = 0;
  let stored = false;
  for (const { data, dense } of pieces) {
    checksum = crc32(data, checksum);
    size += data.length;
    if (dense !== stored) await setLevel(deflate, dense ? constants.Z_NO_COMPRESSION : level);
    stored = dense;
    await new Promise<void>((resolve, reject) => {
      deflate.write(data, (error) => (error ? reject(error) : resolve()));
    });
  }
  deflate.end();
  return { checksum, size };
}

function setLevel(deflate: DeflateRaw, level: number): Promise<void> {
  return new Promise((resolve) => deflate.params(level, constants.Z_DEFAULT_STRATEGY, resolve));
}
