import { compareUtf8 } from '../../model/compare-utf8.ts';
import type { RegistryRelease } from '../registry.ts';
import { piece, type Pieces } from './pieces.ts';
import { table } from './table.ts';

/** A container image, and the releases that need it: `name@version`. */
export interface NeededImage {
  readonly image: string;
  readonly releases: readonly string[];
}

/** The images of some releases, each once, in order. */
export function neededImages(releases: readonly RegistryRelease[]): readonly NeededImage[] {
  const byImage = new Map<string, Set<string>>();
  for (const { name, release } of releases) {
    for (const image of release.images) {
      const needing = byImage.get(image) ?? new Set();
      byImage.set(image, needing.add(`${name}@${release.version}`));
    }
  }
  return [...byImage]
    .toSorted(([a], [b]) => compareUtf8(a, b))
    .map(([image, needing]) => ({ image, releases: [...needing].toSorted(compareUtf8) }));
}

/** Images as a table. None is ever cut: they are there to be copied. */
export function imagesLines(images: readonly NeededImage[], width?: number): Pieces[] {
  const rows = images.map(({ image, releases }) => [[piece(image)], [piece(releases.join(', '))]]);
  return table([{ title: 'image' }, { title: 'needed by', least: 12 }], rows, width);
}
