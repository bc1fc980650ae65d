import { constants, gunzipSync } from 'node:zlib';

const BLOCK = 512;
/** Compressed bytes in which the first header is in any case; they expand to four megabytes at most. */
const ENOUGH = 4096;

/**
 * The first folder of the first path in an archive, which is all that its reader cannot know by itself; undefined where
 * nothing can be told. Nothing is believed of it: what the archive is, its reader says.
 */
export async function archiveRoot(archive: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  let beginning = Buffer.alloc(0);
  for await (const chunk of archive) {
    beginning = Buffer.concat([beginning, chunk.subarray(0, ENOUGH)]);
    if (beginning.length >= ENOUGH) break;
  }
  const tar = expanded(beginning);
  const block = tar.subarray(0, BLOCK);
  if (block.length < BLOCK) return undefined;
  const extended = block.toString('latin1', 156, 157) === 'x' ? paxPath(tar.subarray(BLOCK)) : undefined;
  const prefix = text(block.subarray(345, 500));
  const [root = ''] = (extended ?? (prefix === '' ? text(block.subarray(0, 100)) : prefix)).split('/');
  return root === '' || root === '.' || root === '..' ? undefined : root;
}

function expanded(beginning: Buffer): Buffer {
  try {
    return gunzipSync(beginning, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Source: POSIX.1-2017, pax, "pax Extended Header". */
function paxPath(records: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=(?<path>[^\n]*)\n/u.exec(records.subarray(0, 65_536).toString('utf8'))?.groups?.['path'];
}

function text(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? field.length : end);
}
