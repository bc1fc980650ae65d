import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { fullImage } from '../../../pack/image-reference.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedReferences } from './listed-images.ts';

/** Without a host it is left to whoever pulls which registry is meant. */
export function* noRegistry(pack: LintPack): Generator<Finding> {
  for (const { image, place, reference } of listedReferences(pack)) {
    if (reference.registry !== undefined) continue;
    yield findingOf('image/no-registry', VALUES_FILE, { image, full: fullImage(reference) }, { place: place() });
  }
}
