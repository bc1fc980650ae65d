import type { PackDocument } from '../../model/documents.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';

/** Beside the registry: no part of it, and never looked for in one. */
export const IMAGES_PATH = 'images.txt';

export interface ImagesList {
  /** One in each line, sorted, each once. */
  readonly text: string;
  readonly count: number;
  /** What packs call images and no tool could read in a line of its own. */
  readonly leftOut: readonly string[];
}

/** Every image that the releases of some packs name. */
export function imagesList(documents: Iterable<PackDocument>): ImagesList {
  const images = new Set<string>();
  for (const { releases } of documents)
    for (const release of releases) for (const image of release.images) images.add(image);
  const [lines, leftOut]: [string[], string[]] = [[], []];
  for (const image of images) (/^[\x21-\x7e]+$/u.test(image) ? lines : leftOut).push(image);
  lines.sort(compareUtf8);
  return { text: lines.map((line) => `${line}\n`).join(''), count: lines.length, leftOut };
}
