import type { Content } from '../../model/entry.ts';

/** An object up to this size is sent in one piece, one that is larger in parts; bytes. */
export const LARGEST_PIECE: number = 16 * 1024 * 1024;

/** S3 allows so many parts, of at least 5 MiB each. */
const MOST_PARTS = 10_000;
const PART = 8 * 1024 * 1024;
const MEBIBYTE = 1024 * 1024;

/** Bytes of each part but the last. */
export function partSize(size: number): number {
  return Math.max(PART, Math.ceil(size / MOST_PARTS / MEBIBYTE) * MEBIBYTE);
}

/** All bytes of a content, which is verified while it is read. */
export async function wholeContent(content: Content): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The bytes of a content in pieces of one size, the last of which may be smaller. */
export async function* partsOf(content: Content, size: number): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content.open()) {
    waiting.push(chunk);
    length += chunk.byteLength;
    if (length < size) continue;
    const all = Buffer.concat(waiting);
    let start = 0;
    for (; length - start >= size; start += size) yield all.subarray(start, start + size);
    const rest = all.subarray(start);
    waiting = rest.byteLength === 0 ? [] : [rest];
    length = rest.byteLength;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
