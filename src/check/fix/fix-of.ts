import type { Finding } from '../../model/finding.ts';
import { ruleEntry } from '../catalog.ts';

/** How a finding can be repaired; undefined where it takes somebody who knows better. */
export function fixOf(finding: Finding): 'safe' | 'unsafe' | undefined {
  if (isLeftover(finding) || isWithoutTag(finding)) return undefined;
  return ruleEntry(finding.rule).fix;
}

/** A chart that is listed in another version as well is rather too much than forgotten. */
function isLeftover({ rule, args }: Finding): boolean {
  return rule === 'chart/unlisted' && 'listed' in args;
}

/** Where no tag is known, and where the image is written in a way (escaped, folded) that hides where it ends. */
function isWithoutTag({ rule, place, args }: Finding): boolean {
  if (rule !== 'image/no-tag') return false;
  const { image, suggestion } = args as Finding<'image/no-tag'>['args'];
  const written = place?.source.slice(place.column - 1, place.endColumn - 1) ?? '';
  return suggestion === undefined || !written.includes(image);
}
