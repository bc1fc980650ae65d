import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { junkFilter } from '../../../pack/junk.ts';
import { IGNORE_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';

/** What is junk by its name. What a `.packignore` leaves out as well is in the repository on purpose. */
export function* junk(pack: LintPack): Generator<Finding> {
  const isJunk = junkFilter();
  for (const path of pack.junk) {
    if (path !== IGNORE_FILE && isJunk(path)) yield findingOf('file/junk', path, { path });
  }
}
