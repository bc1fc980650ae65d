import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';

/** Bytes of all files above which a pack is worth a word. */
const LARGE = 20 * 1024 * 1024;

/** Packs that are slow to download, long before the limit of what a build reads. */
export function* largePack({ files }: LintPack): Generator<Finding> {
  let size = 0;
  let largest = { path: '', bytes: -1 };
  for (const { path, data } of files.values()) {
    size += data.length;
    if (data.length > largest.bytes) largest = { path, bytes: data.length };
  }
  if (size > LARGE) yield findingOf('file/large-pack', MANIFEST_FILE, { size, limit: LARGE, largest: largest.path });
}
