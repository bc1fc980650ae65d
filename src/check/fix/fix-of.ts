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

function isWithoutTag({ rule, args }: Finding): boolean {
  return rule === 'image/no-tag' && !('suggestion' in args);
}
