import { byPlace } from './by-place.ts';
import { lint } from './lint.ts';
import type { LintPack } from './lint-pack.ts';
import { applySuppressions, type Suppressed } from './suppressions.ts';

const COMMENTED = /\.(?:ya?ml|md|markdown)$/iu;

/** What rules say about a pack less what comments in its files allow, in the order of files and lines. */
export async function openFindings(pack: LintPack): Promise<Suppressed> {
  const files = [...pack.files.values()]
    .filter(({ path, data }) => COMMENTED.test(path) && data.includes('packyard:'))
    .map(({ path }) => path);
  const { findings, suppressed } = applySuppressions(await lint(pack), pack.text, { files });
  return { findings: findings.toSorted(byPlace), suppressed };
}
