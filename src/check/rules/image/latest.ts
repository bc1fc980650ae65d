import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedReferences } from './listed-images.ts';

/** `latest` is another image tomorrow. */
export function* latest(pack: LintPack): Generator<Finding> {
  for (const { image, place, reference } of listedReferences(pack)) {
    if (reference.tag === 'latest' && reference.digest === undefined)
      yield findingOf('image/latest', VALUES_FILE, { image }, { place: place() });
  }
}
