import { loadLintPack, type LintPack } from '../../check/lint-pack.ts';
import { PackyardError } from '../../errors.ts';
import type { PackFiles } from '../../pack/pack.ts';
import type { Decision } from '../draft-part.ts';
import type { SwappedChart } from './bump-plan.ts';
import type { MergeRemarks } from './placed-values.ts';
import { chartToReplace, swapChart, type NewChart, type SwapOptions } from './swap-chart.ts';

export interface ChartSwaps extends MergeRemarks {
  readonly files: PackFiles;
  readonly charts: readonly SwappedChart[];
  readonly decisions: readonly Decision[];
}

/** The files of a pack with charts in place of others, one after the other. Throws `usage`. */
export async function swapCharts(
  pack: LintPack,
  directory: string,
  nexts: readonly NewChart[],
  options: SwapOptions,
): Promise<ChartSwaps> {
  requireDistinct(pack, nexts);
  let swaps: ChartSwaps = { files: pack.files, charts: [], conflicts: [], unknown: [], pinned: [], decisions: [] };
  for (const next of nexts) {
    const current = swaps.charts.length === 0 ? pack : await loadLintPack(swaps.files, [], []);
    const { files, chart, conflicts, unknown, pinned, decisions } = await swapChart(current, directory, next, options);
    swaps = {
      files,
      charts: [...swaps.charts, chart],
      conflicts: [...swaps.conflicts, ...conflicts],
      unknown: [...swaps.unknown, ...unknown],
      pinned: [...swaps.pinned, ...pinned],
      decisions: [...swaps.decisions, ...decisions],
    };
  }
  return swaps;
}

function requireDistinct(pack: LintPack, nexts: readonly NewChart[]): void {
  const places = nexts.map((next) => chartToReplace(pack, next).path);
  const twice = nexts.find((_, index) => places.indexOf(places[index] ?? '') < index);
  if (twice === undefined) return;
  throw new PackyardError({
    code: 'usage',
    message: `Two charts cannot both take the place of ${chartToReplace(pack, twice).path}.`,
    hint: 'Give one --chart for each chart of the pack that changes.',
  });
}
