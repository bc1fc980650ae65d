import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { fullRepository, parseImageReference, type ImageReference } from '../../../pack/image-reference.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { imagesInUse } from './images-in-use.ts';
import { listedReferences } from './listed-images.ts';

/** A listed image must say which one is meant, with a tag or a digest. */
export function* noTag(pack: LintPack): Generator<Finding> {
  for (const { image, place, reference } of listedReferences(pack)) {
    if (isFixed(reference)) continue;
    const suggestion = suggestionFor(pack, reference);
    const args = { image, ...(suggestion !== undefined && { suggestion }) };
    yield findingOf('image/no-tag', VALUES_FILE, args, { place: place() });
  }
}

function suggestionFor(pack: LintPack, wanted: ImageReference): string | undefined {
  const repository = fullRepository(wanted);
  return imagesInUse(pack).find(({ image }) => {
    const parsed = parseImageReference(image);
    return 'reference' in parsed && isFixed(parsed.reference) && fullRepository(parsed.reference) === repository;
  })?.image;
}

function isFixed({ tag, digest }: ImageReference): boolean {
  return tag !== undefined || digest !== undefined;
}
