import { usedImages, type UsedImage } from '../../../pack/used-images.ts';
import { chartFileValue } from '../../chart-files.ts';
import type { LintPack } from '../../lint-pack.ts';

const KNOWN = new WeakMap<LintPack, readonly UsedImage[]>();

/** The images that a pack certainly uses; looked for once, since every chart has to be read for it. */
export function imagesInUse(pack: LintPack): readonly UsedImage[] {
  const known = KNOWN.get(pack);
  if (known !== undefined) return known;
  const images = usedImages(pack, chartFileValue).filter(({ conditional }) => !conditional);
  KNOWN.set(pack, images);
  return images;
}
