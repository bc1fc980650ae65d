import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { parseImageReference, type ImageReference } from '../../../pack/image-reference.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { shortened } from '../../shortened.ts';
import { imagesInUse } from './images-in-use.ts';
import { listedReferences, placeOfList } from './listed-images.ts';

const MOST_NAMED = 10;

/** What charts and manifests use must be listed in `values.yaml`, so that it can be mirrored. */
export function* unlisted(pack: LintPack): Generator<Finding> {
  const place = placeOfList(pack);
  if (place === undefined) return;
  const used = imagesInUse(pack);
  if (used.length === 0) return;
  if (pack.images.length === 0) {
    const images = used.slice(0, MOST_NAMED).map(({ image }) => image);
    yield findingOf('image/none-listed', VALUES_FILE, { images, more: used.length - images.length }, { place });
    return;
  }
  const isListed = matcher([...listedReferences(pack)].map(({ reference }) => reference));
  for (const { image, file, inside } of used) {
    const parsed = parseImageReference(image);
    if ('reference' in parsed && isFixed(parsed.reference) && !isListed(parsed.reference))
      yield findingOf(
        'image/unlisted',
        VALUES_FILE,
        { image, file, ...(inside !== undefined && { inside: shortened(inside) }) },
        { place },
      );
  }
}

/**
 * Whether one of some images has the same repository. Registries, tags and folders in front are not compared: charts
 * put those together in ways that only rendering shows, and mirrors have folders of their own.
 */
function matcher(images: readonly ImageReference[]): (image: ImageReference) => boolean {
  const whole = new Set(images.map(partsOf).map((parts) => parts.join('/')));
  const ends = new Set(images.map(partsOf).flatMap((parts) => parts.map((_, index) => parts.slice(index).join('/'))));
  return (image) => {
    const parts = partsOf(image);
    return ends.has(parts.join('/')) || parts.some((_, index) => whole.has(parts.slice(index).join('/')));
  };
}

/** Without a tag or digest it is not whole yet: a template puts it together. */
function isFixed({ tag, digest }: ImageReference): boolean {
  return tag !== undefined || digest !== undefined;
}

function partsOf({ repository }: ImageReference): string[] {
  return repository.replace(/^library\//u, '').split('/');
}
