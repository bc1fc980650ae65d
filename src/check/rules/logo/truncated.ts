import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { missingEnd } from '../../../pack/image-ends.ts';
import { findLogo } from '../../../pack/logo.ts';
import type { LintPack } from '../../lint-pack.ts';

/** An image that was cut, as an interrupted download leaves it: some programs show half of it, others nothing. */
export function* truncated({ files }: LintPack): Generator<Finding> {
  const logo = findLogo(files);
  const reason = logo === undefined ? undefined : missingEnd(logo.data);
  if (logo !== undefined && reason !== undefined) yield findingOf('logo/truncated', logo.path, { reason });
}
