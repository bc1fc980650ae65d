import type { Place } from '../../../model/finding.ts';
import { parseImageReference, type ImageReference } from '../../../pack/image-reference.ts';
import { propertyOf } from '../../../model/json-value.ts';
import type { LintPack } from '../../lint-pack.ts';

export interface ListedImage {
  readonly image: string;
  /** Looks its place up, which takes a while in a long file. */
  place(): Place;
}

const IMAGES = ['pack', 'content', 'images'] as const;

/** Every item of `pack.content.images` that is text; what is not is the schema's business. */
export function* listedImages({ values }: LintPack): Generator<ListedImage> {
  const list = propertyOf(propertyOf(propertyOf(values?.value, 'pack'), 'content'), 'images');
  if (values === undefined || !Array.isArray(list)) return;
  for (const [index, item] of list.entries()) {
    const image = propertyOf(item, 'image');
    if (typeof image === 'string') yield { image, place: () => values.place([...IMAGES, index, 'image']) };
  }
}

/** The items that are image references. */
export function* listedReferences(pack: LintPack): Generator<ListedImage & { readonly reference: ImageReference }> {
  for (const listed of listedImages(pack)) {
    const parsed = parseImageReference(listed.image);
    if ('reference' in parsed) yield { ...listed, reference: parsed.reference };
  }
}

/** Where the list of images stands, or would have to stand. */
export function placeOfList({ values }: LintPack): Place | undefined {
  let deepest = 0;
  for (let value = values?.value; deepest < IMAGES.length; deepest += 1) {
    value = propertyOf(value, IMAGES[deepest] ?? '');
    if (value === undefined) break;
  }
  return values?.place(IMAGES.slice(0, deepest), 'key');
}
