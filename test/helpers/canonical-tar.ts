import { canonicalPieces } from '../../src/pack/archive.ts';
import type { PackFile } from '../../src/pack/pack.ts';

/** The canonical tar of a release without what it says for compressing; each chunk is valid only until the next. */
export function* canonicalTar(root: string, files: Iterable<PackFile>): Generator<Buffer> {
  for (const { data } of canonicalPieces(root, files)) yield data;
}
