import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { fullImage } from '../../../pack/image-reference.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedReferences, type ListedImage } from './listed-images.ts';

/** An image is listed once, however it is written. */
export function* duplicate(pack: LintPack): Generator<Finding> {
  const first = new Map<string, ListedImage>();
  for (const listed of listedReferences(pack)) {
    const { image, place, reference } = listed;
    const whole = fullImage(reference);
    const before = first.get(whole);
    if (before === undefined) first.set(whole, listed);
    else {
      const firstLine = before.place().line;
      yield findingOf('image/duplicate', VALUES_FILE, { image, firstLine }, { place: place() });
    }
  }
}
