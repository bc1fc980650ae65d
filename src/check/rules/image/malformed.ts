import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { parseImageReference } from '../../../pack/image-reference.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { shortened } from '../../shortened.ts';
import { listedImages } from './listed-images.ts';

/** A listed image must be a reference that can be pulled. */
export function* malformed(pack: LintPack): Generator<Finding> {
  for (const { image, place } of listedImages(pack)) {
    const parsed = parseImageReference(image);
    if (!('problem' in parsed)) continue;
    const args = { image: shortened(image), ...parsed };
    yield findingOf('image/malformed', VALUES_FILE, args, { place: place() });
  }
}
