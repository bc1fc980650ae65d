/** RFC 1951, 3.2.4: what a stored block holds at most, in bytes, and what stands before that. */
const MOST = 0xffff;
const HEADER = 5;
/** How many blocks are put together: a write for each would take longer than they do. */
const TOGETHER = 16;

/** Bytes as blocks of a deflate stream that is at a whole byte, uncompressed; none is the last. */
export function* storedBlocks(data: Buffer): Generator<Buffer> {
  for (let start = 0; start < data.length; start += TOGETHER * MOST) {
    yield blocksOf(data.subarray(start, start + TOGETHER * MOST));
  }
}

function blocksOf(data: Buffer): Buffer {
  const blocks = Buffer.allocUnsafe(data.length + HEADER * Math.ceil(data.length / MOST));
  let end = 0;
  for (let start = 0; start < data.length; start += MOST) {
    const length = Math.min(MOST, data.length - start);
    blocks[end] = 0;
    blocks.writeUInt16LE(length, end + 1);
    blocks.writeUInt16LE(MOST - length, end + 3);
    end += HEADER + data.copy(blocks, end + HEADER, start, start + length);
  }
  return blocks;
}
