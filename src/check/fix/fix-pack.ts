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

/** Each round repairs up to fifty findings of one rule, and a pack has no more files than that. */
const MOST_ROUNDS = 500;

/**
 * Repairs what can be repaired in a pack, in memory: rule after rule, and the pack is checked again after each, because
 * one repair can be the cause or the end of another. `wanted` says which findings are asked for.
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
    const { findings } = await openFindings(await loadLintPack(draft.files, [], draft.junk));
    const open = findings.filter(
      (finding) => isFixable(finding, options.unsafe) && !inVain.has(keyOf(finding)) && options.wanted(finding),
    );
    const [first] = open;
    if (first === undefined) break;
    for (const finding of open.filter(({ rule }) => rule === first.rule)) {
      const changed = await repaired(draft, finding);
      if (changed === draft) inVain.add(keyOf(finding));
      else fixed.push(finding);
      draft = changed;
    }
  }
  return { changes: changesBetween(before, draft), fixed };
}

async function repaired(draft: Draft, finding: Finding): Promise<Draft> {
  const fixer = FIXERS[finding.rule] as ((draft: Draft, finding: Finding) => Draft | Promise<Draft>) | undefined;
  return fixer === undefined ? draft : fixer(draft, finding);
}

function isFixable(finding: Finding, unsafe: boolean): boolean {
  const fix = fixOf(finding);
  return fix === 'safe' || (fix === 'unsafe' && unsafe);
}

function keyOf({ rule, file, place, args }: Finding): string {
  return JSON.stringify([rule, file, place?.line, place?.column, args]);
}
