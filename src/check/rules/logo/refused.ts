import type { Finding } from '../../../model/finding.ts';
import { findLogo, refuseLogo } from '../../../pack/logo.ts';
import type { LintPack } from '../../lint-pack.ts';

/** What a build refuses to decode: no image at all, or a drawing that is not safe to render. */
export function* refused({ files }: LintPack): Generator<Finding> {
  const logo = findLogo(files);
  const refusal = logo === undefined ? undefined : refuseLogo(logo);
  if (refusal !== undefined) yield refusal;
}
