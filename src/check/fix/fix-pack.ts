import type { Finding } from '../../model/finding.ts';
import { loadLintPack } from '../lint-pack.ts';
import { openFindings } from '../open-findings.ts';
import { changesBetween, type Draft, type FileChange } from './file-changes.ts';
import { fixOf } from './fix-of.ts';
import { FIXERS } from './fixers.ts';

export interface FixedPack {
  /** By path; none when there was nothing to repair. */
  readonly changes: readonly FileChange[];
  /** What was repaired, in the order in which it was. */
  readonly fixed: readonly Finding[];
}

/** More than a pack has findings that can be repaired; each round repairs one or more. */
const MOST_ROUNDS = 500;

/**
 * Repairs what can be repaired in a pack, in memory: finding after finding, and the pack is checked again after each,
 * because one repair can be the cause or the end of another. `wanted` says which findings are asked for.
 */
export async function fixPack(
  before: Draft,
  options: { readonly unsafe: boolean; readonly wanted: (finding: Finding) => boolean },
): Promise<FixedPack> {
  let draft = before;
  const fixed: Finding[] = [];
  // What a repair did not change is not tried again.
  const inVain = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { findings: open } = await openFindings(await loadLintPack(draft.files, [], draft.junk));
    const findings = open.filter((finding) => isFixable(finding, options.unsafe) && options.wanted(finding));
    const finding = findings.find((each) => !inVain.has(keyOf(each)));
    const fixer = finding === undefined ? undefined : FIXERS[finding.rule];
    if (finding === undefined || fixer === undefined) break;
    const changed = await (fixer as (draft: Draft, finding: Finding) => Draft | Promise<Draft>)(draft, finding);
    if (changed === draft) inVain.add(keyOf(finding));
    else fixed.push(finding);
    draft = changed;
  }
  return { changes: changesBetween(before, draft), fixed };
}

function isFixable(finding: Finding, unsafe: boolean): boolean {
  const fix = fixOf(finding);
  return fix === 'safe' || (fix === 'unsafe' && unsafe);
}

function keyOf({ rule, file, args }: Finding): string {
  return JSON.stringify([rule, file, args]);
}
