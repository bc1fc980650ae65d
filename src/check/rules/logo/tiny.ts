import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { imageSize } from '../../../pack/image-size.ts';
import { findLogo } from '../../../pack/logo.ts';
import type { LintPack } from '../../lint-pack.ts';

/** The smallest side at which lists of packs show logos, in pixels. */
const LEAST = 64;

/** An image that is blurred wherever it is shown. A drawing is never tiny. */
export function* tiny({ files }: LintPack): Generator<Finding> {
  const logo = findLogo(files);
  const size = logo === undefined ? undefined : imageSize(logo.data);
  if (logo !== undefined && size !== undefined && size.width < LEAST && size.height < LEAST)
    yield findingOf('logo/tiny', logo.path, { ...size, least: LEAST });
}
