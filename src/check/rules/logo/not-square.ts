import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { imageSize } from '../../../pack/image-size.ts';
import { findLogo } from '../../../pack/logo.ts';
import type { LintPack } from '../../lint-pack.ts';

/** How much longer one side may be: nobody sees a margin of less. */
const TOLERANCE = 1.05;

/** An image that leaves much of the square empty in which it is shown. */
export function* notSquare({ files }: LintPack): Generator<Finding> {
  const logo = findLogo(files);
  const size = logo === undefined ? undefined : imageSize(logo.data);
  if (logo === undefined || size === undefined) return;
  const [shorter, longer] = size.width < size.height ? [size.width, size.height] : [size.height, size.width];
  if (longer > shorter * TOLERANCE) yield findingOf('logo/not-square', logo.path, { ...size });
}
