import { crc32, createInflateRaw } from 'node:zlib';

import { systemCode } from '../../errors.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { ArchiveProblem } from './archive-problem.ts';

/** Bytes of the header without optional parts, and of the checksum and size at the end. Source: RFC 1952, 2.3. */
const HEADER = 10;
const TRAILER = 8;

const CHUNK = 262_144;

/**
 * Expands a gzip as its bytes come. It has to be one member with nothing around it, as Packyard writes it: Node's own
 * class passes over what follows. Throws an `ArchiveProblem`, or what reading the archive or `push` throws.
 */
export async function expandGzip(
  archive: AsyncIterable<Uint8Array>,
  push: (expanded: Buffer) => void,
  limits: Pick<ArchiveLimits, 'ratio' | 'anyRatioBytes'>,
): Promise<void> {
  let header: Buffer | undefined = Buffer.alloc(0);
  let received = 0;
  let size = 0;
  let checksum = 0;
  const inflater = new Inflater((expanded) => {
    size += expanded.length;
    if (size > limits.anyRatioBytes && size > limits.ratio * received) {
      throw new ArchiveProblem(`it expands to more than ${limits.ratio} times its size`);
    }
    checksum = crc32(expanded, checksum);
    push(expanded);
  });
  try {
    for await (const bytes of archive) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      received += chunk.length;
      if (header === undefined) await inflater.write(chunk);
      else {
        header = Buffer.concat([header, chunk]);
        if (header.length < HEADER) continue;
        requireHeader(header);
        await inflater.write(header.subarray(HEADER));
        header = undefined;
      }
      if (inflater.rest.length > TRAILER) throw new ArchiveProblem('there is something behind the end of its gzip');
    }
    if (received === 0) throw new ArchiveProblem('it is empty');
    if (header !== undefined) requireHeader(header);
    if (inflater.rest.length < TRAILER) throw cutOff();
    await inflater.ended;
  } finally {
    inflater.close();
  }
  if (inflater.rest.readUInt32LE(0) !== checksum || inflater.rest.readUInt32LE(4) !== size % 2 ** 32) {
    throw new ArchiveProblem('its gzip is damaged: the checksum does not fit');
  }
}

class Inflater {
  readonly #inflate = createInflateRaw({ chunkSize: CHUNK });
  #fed = 0;
  /** What followed the end of the compressed bytes. */
  rest: Buffer = Buffer.alloc(0);
  /** Resolves when all that was expanded was pushed, once there is a rest. */
  readonly ended: Promise<void>;

  constructor(push: (expanded: Buffer) => void) {
    const inflate = this.#inflate;
    inflate.on('data', (expanded: Buffer) => {
      try {
        push(expanded);
      } catch (error) {
        inflate.destroy(error as Error);
      }
    });
    this.ended = new Promise((resolve, reject) => {
      inflate.once('end', resolve).once('error', (error) => reject(inWords(error)));
    });
    // It is waited for at the end only.
    this.ended.catch(() => undefined);
  }

  async write(chunk: Buffer): Promise<void> {
    if (this.rest.length > 0) {
      this.rest = Buffer.concat([this.rest, chunk]);
      return;
    }
    if (chunk.length === 0) return;
    this.#fed += chunk.length;
    const written = new Promise<void>((resolve) => this.#inflate.write(chunk, () => resolve()));
    await Promise.race([written, this.ended]);
    // Why it failed, where it did.
    if (this.#inflate.destroyed) await this.ended;
    this.rest = Buffer.from(chunk.subarray(chunk.length - (this.#fed - this.#inflate.bytesWritten)));
  }

  close(): void {
    this.#inflate.destroy();
  }
}

function requireHeader(header: Buffer): void {
  const [first, second, method = 8, flags = 0] = header;
  if (first !== 0x1f || (second ?? 0x8b) !== 0x8b) throw new ArchiveProblem('it is not a gzip');
  if (method !== 8) throw new ArchiveProblem('its gzip is compressed in an unknown way');
  if (flags !== 0)
    throw new ArchiveProblem('its gzip holds a file name, a comment or something else beside the archive');
}

function cutOff(): ArchiveProblem {
  return new ArchiveProblem('it is cut off');
}

/** What zlib says is the archive's fault; anything else, such as a lost connection, is not. */
function inWords(error: unknown): unknown {
  const code = systemCode(error);
  if (code === 'Z_BUF_ERROR') return cutOff();
  if (code !== undefined && /^Z_(?:DATA|STREAM)_ERROR$|^Z_NEED_DICT$/u.test(code)) {
    return new ArchiveProblem(`its gzip is damaged: ${(error as Error).message}`, error);
  }
  return error;
}
