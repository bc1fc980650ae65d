import type { Finding } from '../../../model/finding.ts';
import { LIMITS } from '../../../model/limits.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { imageSize } from '../../../pack/image-size.ts';
import { findLogo } from '../../../pack/logo.ts';
import type { LintPack } from '../../lint-pack.ts';

/** What a build would refuse while it decodes, said by the header alone. */
export function* tooManyPixels({ files }: LintPack): Generator<Finding> {
  const logo = findLogo(files);
  const size = logo === undefined ? undefined : imageSize(logo.data);
  if (logo !== undefined && size !== undefined && size.width * size.height > LIMITS.logoPixels)
    yield findingOf('logo/too-many-pixels', logo.path, { limit: LIMITS.logoPixels });
}
