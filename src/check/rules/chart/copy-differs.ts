import type { Finding } from '../../../model/finding.ts';
import type { PathList } from '../../../model/rules/chart-rules.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import { chartCopies, type ChartCopy } from '../../chart-copies.ts';
import { chartDifference } from '../../chart-difference.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedAt } from '../../listed-charts.ts';
import { shortened } from '../../shortened.ts';

const MOST_PATHS = 10;

/** Only the packed chart is installed, so that a change made in the copy alone is never shipped. */
export function* copyDiffers(pack: LintPack): Generator<Finding> {
  const { manifest } = pack;
  if (manifest === undefined) return;
  const indexes = listedAt(pack);
  for (const copy of chartCopies(pack)) {
    const { changed, added, removed } = chartDifference(copy.chart.files, filesOf(pack, copy.directory));
    if (changed.length + added.length + removed.length === 0) continue;
    const versions = versionsOf(copy);
    yield findingOf(
      'chart/copy-differs',
      MANIFEST_FILE,
      {
        path: copy.chart.path,
        copy: copy.directory,
        ...(versions !== undefined && { versions }),
        changed: some(changed),
        added: some(added),
        removed: some(removed),
      },
      { place: manifest.place(['charts', indexes.get(copy.chart.path) ?? 0]) },
    );
  }
}

/** What lies below a directory, but for the packed charts of the pack itself. */
function filesOf({ files, charts }: LintPack, directory: string): Map<string, Buffer> {
  const packed = new Set(charts.map(({ path }) => path));
  return new Map(
    [...files.values()].flatMap(({ path, data }): [string, Buffer][] =>
      path.startsWith(`${directory}/`) && !packed.has(path) ? [[path.slice(directory.length + 1), data]] : [],
    ),
  );
}

function versionsOf({ metadata, chart }: ChartCopy): { packed: string; copy: string } | undefined {
  const version = propertyOf(metadata, 'version');
  if (chart.version === undefined || typeof version !== 'string' || version === chart.version) return undefined;
  return { packed: shortened(chart.version), copy: shortened(version) };
}

function some(paths: readonly string[]): PathList {
  return { count: paths.length, paths: paths.slice(0, MOST_PATHS).map(shortened) };
}
