import { Header, Pax } from 'tar';

import type { PackFile } from './pack.ts';

/** 26 October 1985, 08:15:00 UTC: the time of every entry, as npm's packages have it. */
const MTIME = new Date('1985-10-26T08:15:00Z');
const BLOCK = 512;
/** Small pieces are joined up to this size, which keeps the compressor in long runs. */
const CHUNK = 262_144;

/**
 * The canonical tar of a release, in chunks: `<root>/<path>` for every file in the order given (the UTF-8 bytes of the
 * paths), ustar with PAX only where a path needs it, no owner, one time, modes 0644 or 0755.
 */
export function* canonicalTar(root: string, files: Iterable<PackFile>): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for (const piece of pieces(root, files)) {
    waiting.push(piece);
    size += piece.length;
    if (size < CHUNK) continue;
    yield waiting.length === 1 ? piece : Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
  }
  yield Buffer.concat(waiting, size);
}

function* pieces(root: string, files: Iterable<PackFile>): Generator<Buffer> {
  for (const { path, executable, data } of files) {
    yield* header(`${root}/${path}`, executable, data.length);
    yield data;
    const rest = data.length % BLOCK;
    if (rest > 0) yield Buffer.alloc(BLOCK - rest);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function* header(path: string, executable: boolean, size: number): Generator<Buffer> {
  const entry = new Header({
    path,
    size,
    mode: executable ? 0o755 : 0o644,
    uid: 0,
    gid: 0,
    mtime: MTIME,
    type: 'File',
    uname: '',
    gname: '',
  });
  const block = Buffer.alloc(BLOCK);
  if (entry.encode(block)) yield new Pax({ path }).encode();
  yield block;
}
