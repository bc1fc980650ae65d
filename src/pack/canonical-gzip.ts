import { constants, crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';

import { storedBlocks } from './stored-blocks.ts';

/** A piece of what is to be compressed, and whether it is compressed already. */
export interface GzipPiece {
  readonly data: Buffer;
  readonly dense: boolean;
}

/** RFC 1952: deflate, without flags, name and time; the last byte, the system, is "unknown": the same everywhere. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** RFC 1951: a last block, with nothing in it. */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);

/** A tenth less work than zlib's usual 8. */
const MEMORY_LEVEL = 9;

/**
 * Compresses pieces as one gzip member (RFC 1952); what is compressed already is stored as it is. Each piece is read
 * before the next is asked for, so that all may share a buffer. `level` is zlib's, from 1 to 9.
 */
export async function* canonicalGzip(pieces: Iterable<GzipPiece>, level: number): AsyncGenerator<Buffer> {
  const source = new Source(pieces);
  yield HEADER;
  while (source.piece !== undefined) {
    if (source.piece.dense) {
      yield* storedBlocks(source.piece.data);
      source.next();
    } else yield* compressed(source, level);
  }
  yield LAST_BLOCK;
  yield source.trailer();
}

/** Pieces one by one, with the checksum and the size of those that were taken. */
class Source {
  readonly #pieces: Iterator<GzipPiece>;
  #checksum = 0;
  #size = 0;
  /** The piece at hand; undefined at the end. */
  piece: GzipPiece | undefined;

  constructor(pieces: Iterable<GzipPiece>) {
    this.#pieces = pieces[Symbol.iterator]();
    this.next();
  }

  next(): void {
    const { value, done } = this.#pieces.next();
    this.piece = done === true ? undefined : value;
    if (this.piece === undefined) return;
    this.#checksum = crc32(this.piece.data, this.#checksum);
    this.#size += this.piece.data.length;
  }

  trailer(): Buffer {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.#checksum, 0);
    trailer.writeUInt32LE(this.#size % 2 ** 32, 4);
    return trailer;
  }
}

/** Blocks of the pieces up to one that is compressed already, filled up to a whole byte; none is the last. */
async function* compressed(source: Source, level: number): AsyncGenerator<Buffer> {
  const finishFlush = constants.Z_SYNC_FLUSH;
  const deflate = createDeflateRaw({ level, memLevel: MEMORY_LEVEL, chunkSize: 262_144, finishFlush });
  const fed = feed(deflate, source);
  fed.catch((error: unknown) => deflate.destroy(error instanceof Error ? error : new Error(String(error))));
  yield* deflate as AsyncIterable<Buffer>;
  await fed;
}

async function feed(deflate: DeflateRaw, source: Source): Promise<void> {
  for (; source.piece?.dense === false; source.next()) {
    const { data } = source.piece;
    await new Promise<void>((resolve, reject) => {
      deflate.write(data, (error) => (error ? reject(error) : resolve()));
    });
  }
  deflate.end();
}
