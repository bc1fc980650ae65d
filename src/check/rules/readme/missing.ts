import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { LintPack } from '../../lint-pack.ts';
import { readmeFile } from './readme-file.ts';

/** A pack should come with a README.md that says something. */
export function* missing(pack: LintPack): Generator<Finding> {
  const path = readmeFile(pack);
  if (path === undefined) yield findingOf('readme/missing', 'README.md', {});
  else if (pack.text(path)?.trim() === '') yield findingOf('readme/empty', path, {});
}
