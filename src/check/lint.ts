import type { Finding } from '../model/finding.ts';
import { byPlace } from './by-place.ts';
import { checkPack } from './check-pack.ts';
import { firstFindings } from './first-findings.ts';
import type { LintPack } from './lint-pack.ts';
import { LINT_RULES } from './lint-rules.ts';

/** Everything that any rule has to say about a pack, in the order of files and lines; files are relative to the pack. */
export async function lint(pack: LintPack): Promise<Finding[]> {
  const found = await checkPack(pack);
  for (const rule of LINT_RULES) found.push(...firstFindings(await rule(pack)));
  return found.toSorted(byPlace);
}
