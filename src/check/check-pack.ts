import type { Finding } from '../model/finding.ts';
import type { Pack } from '../pack/pack.ts';
import { byPlace } from './by-place.ts';
import type { PackRule } from './rule.ts';
import { referencedFiles } from './rules/pack/referenced-files.ts';
import { schema } from './rules/pack/schema.ts';

const RULES: readonly PackRule[] = [schema, referencedFiles];

/** Everything that is wrong with a pack, in the order of its files and lines; files are relative to the pack. */
export async function checkPack(pack: Pack): Promise<Finding[]> {
  const found = [...pack.findings];
  for (const rule of RULES) found.push(...(await rule(pack)));
  return found.toSorted(byPlace);
}
