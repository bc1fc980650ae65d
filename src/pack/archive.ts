import { Header } from 'tar/header';
import { Pax } from 'tar/pax';

import type { GzipPiece } from './canonical-gzip.ts';
import { isDense } from './dense-content.ts';
import type { PackFile } from './pack.ts';
import { BLOCK, fitsUstar, MTIME, writeHeader } from './tar-header.ts';

/** Bytes of a chunk: long runs keep the compressor busy. */
const CHUNK = 512 * BLOCK;

/**
 * The canonical tar of a release, in chunks: `<root>/<path>` for every file in the order given (the UTF-8 bytes of the
 * paths), ustar with PAX only where a path needs it, no owner, one time, modes 0644 or 0755. Chunks share one buffer,
 * which spares the garbage collector: each is valid only until the next is asked for. What is compressed already stands
 * by itself.
 */
export function* canonicalPieces(root: string, files: Iterable<PackFile>): Generator<GzipPiece> {
  const chunk = Buffer.alloc(CHUNK);
  let used = 0;
  for (const { data, dense } of pieces(root, files)) {
    if (dense) {
      yield { data: chunk.subarray(0, used), dense: false };
      yield { data, dense };
      used = 0;
      continue;
    }
    for (let offset = 0; offset < data.length;) {
      const taken = Math.min(data.length - offset, CHUNK - used);
      data.copy(chunk, used, offset, offset + taken);
      used += taken;
      offset += taken;
      if (used < CHUNK) continue;
      yield { data: chunk, dense: false };
      used = 0;
    }
  }
  yield { data: chunk.subarray(0, used), dense: false };
}

const PADDING = Buffer.alloc(2 * BLOCK);

function* pieces(root: string, files: Iterable<PackFile>): Generator<GzipPiece> {
  const header = Buffer.alloc(BLOCK);
  for (const { path, executable, data } of files) {
    const file = { path: `${root}/${path}`, executable, size: data.length };
    if (fitsUstar(file.path)) {
      writeHeader(header, file);
      yield { data: header, dense: false };
    } else yield { data: paxHeaders(file), dense: false };
    yield { data, dense: isDense(data) };
    const rest = data.length % BLOCK;
    if (rest > 0) yield { data: PADDING.subarray(0, BLOCK - rest), dense: false };
  }
  yield { data: PADDING, dense: false };
}

/** The extended header that holds the whole path, and the plain one with what fits of it. */
function paxHeaders({ path, executable, size }: { path: string; executable: boolean; size: number }): Buffer {
  const mode = executable ? 0o755 : 0o644;
  const header = new Header({ path, size, mode, uid: 0, gid: 0, mtime: MTIME, type: 'File', uname: '', gname: '' });
  const block = Buffer.alloc(BLOCK);
  header.encode(block);
  return Buffer.concat([new Pax({ path }).encode(), block]);
}
