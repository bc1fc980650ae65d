import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { LintPack } from '../../lint-pack.ts';

/** Bytes of a file above which it is worth a word: charts and logos of packs have a tenth of it. */
const LARGE = 5 * 1024 * 1024;

/** Files that make a repository slow to clone, long before the limit of what a build reads. */
export function* large({ files }: LintPack): Generator<Finding> {
  for (const { path, data } of files.values()) {
    if (data.length > LARGE) yield findingOf('file/large', path, { path, size: data.length, limit: LARGE });
  }
}
