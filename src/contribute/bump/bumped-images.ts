import { fullImage, fullRepository, parseImageReference, type ImageReference } from '../../pack/image-reference.ts';
import type { KnownImages } from './images-with.ts';

/** What becomes of a list of images when a chart takes the place of another. */
export interface BumpedImages {
  /** By the index of what is listed: what stands there now; undefined for what is left out. */
  readonly replaced: ReadonlyMap<number, string | undefined>;
  /** What is listed behind all others. */
  readonly added: readonly string[];
}

/**
 * Images of the old chart become those of the new one, in the author's writing; all others are the author's own and stay.
 * What the author left out of the old chart's is left out again.
 */
export function bumpedImages(listed: readonly string[], before: KnownImages, after: KnownImages): BumpedImages {
  const old = [...before.used, ...before.optional].flatMap(known);
  const run = after.used.flatMap(known).filter(isPinned);
  const wanted = [...run, ...after.optional.flatMap(known).filter(isPinned)];
  const replaced = new Map<number, string | undefined>();
  const used = new Set<string>();
  for (const [index, image] of listed.entries()) {
    const [own] = known(image);
    if (own === undefined || !old.some((each) => isSame(each, own))) {
      if (own !== undefined) used.add(fullRepository(own));
      continue;
    }
    const successor = successorOf(own, old, wanted);
    if (successor !== undefined) used.add(fullRepository(successor));
    const written = successor === undefined ? undefined : writtenLike(image, own, successor);
    if (written !== image) replaced.set(index, written);
  }
  const oldRepositories = new Set(old.map(fullRepository));
  const isNew = (each: ImageReference): boolean =>
    !used.has(fullRepository(each)) && !oldRepositories.has(fullRepository(each));
  const added = run.filter(isNew).map(plainImage);
  return { replaced, added };
}

/** Which one is meant by an image without a tag, nobody knows. */
function isPinned({ tag, digest }: ImageReference): boolean {
  return tag !== undefined || digest !== undefined;
}

function plainImage(reference: ImageReference): string {
  const { registry, repository, tag, digest } = reference;
  const name = registry === undefined ? repository : `${registry}/${repository}`;
  return name + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

function known(image: string): ImageReference[] {
  const parsed = parseImageReference(image);
  return 'reference' in parsed ? [parsed.reference] : [];
}

/** An author who pins an image by its digest means the same one. */
function isSame(a: ImageReference, b: ImageReference): boolean {
  if (fullRepository(a) !== fullRepository(b)) return false;
  return a.tag === undefined ? a.digest === b.digest : a.tag === b.tag;
}

/** The one of the same repository, or of the same name in another; of several the one at the same place. */
function successorOf(
  own: ImageReference,
  old: readonly ImageReference[],
  wanted: readonly ImageReference[],
): ImageReference | undefined {
  const same = wanted.filter((each) => fullRepository(each) === fullRepository(own));
  const kept = same.find((each) => fullImage(each) === fullImage(own));
  if (kept !== undefined) return kept;
  const place = old
    .filter((each) => fullRepository(each) === fullRepository(own))
    .findIndex((each) => isSame(each, own));
  if (same.length > 0) return same[place] ?? same.at(-1);
  const moved = wanted.filter(
    (each) => nameOf(each) === nameOf(own) && !old.some((other) => fullRepository(other) === fullRepository(each)),
  );
  return moved.length === 1 ? moved[0] : undefined;
}

function nameOf({ repository }: ImageReference): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

/** With the registry written, or left out, as before. */
function writtenLike(image: string, own: ImageReference, successor: ImageReference): string {
  if (fullImage(own) === fullImage(successor)) return image;
  if (fullRepository(own) !== fullRepository(successor)) return fullImage(successor);
  const name = image.split('@', 1)[0] ?? '';
  const plain = own.tag === undefined ? name : name.slice(0, -own.tag.length - 1);
  const { tag, digest } = successor;
  return plain + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}
