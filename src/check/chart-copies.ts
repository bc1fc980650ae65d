import { dirname } from 'node:path/posix';

import type { ChartContent } from '../pack/chart-content.ts';
import { propertyOf } from '../model/json-value.ts';
import { chartFileValue } from './chart-files.ts';
import type { LintPack } from './lint-pack.ts';

/** An unpacked chart that lies in a pack beside the packed one that is installed. */
export interface ChartCopy {
  /** From the pack's directory. */
  readonly directory: string;
  /** What its Chart.yaml says, parsed. */
  readonly metadata: unknown;
  readonly chart: ChartContent;
}

/** Each is compared with the whole of a chart. */
const MOST_COPIES = 50;

/** The unpacked copies of the charts that a pack lists, by the names in their Chart.yaml. */
export function chartCopies({ files, charts, archives }: LintPack): ChartCopy[] {
  if (charts.length === 0) return [];
  const directories = outermost(chartDirectories(files.keys())).slice(0, MOST_COPIES);
  return directories.flatMap((directory): ChartCopy[] => {
    const metadata = chartFileValue(files.get(`${directory}/Chart.yaml`)?.data);
    const [name, version] = ['name', 'version'].map((key) => propertyOf(metadata, key));
    const named = charts.filter((each) => each.name !== undefined && each.name === name);
    // Of several charts with that name, only one of the same version can be meant.
    const meant = named.length === 1 ? named[0] : named.find((each) => each.version === version);
    const chart = archives.get(meant?.path ?? '');
    return chart === undefined ? [] : [{ directory, metadata, chart }];
  });
}

/** Directories with a Chart.yaml; the pack's own is none, for its other files are the pack's. */
function chartDirectories(paths: Iterable<string>): string[] {
  return [...paths].filter((path) => path.endsWith('/Chart.yaml')).map((path) => dirname(path));
}

/** Without the subcharts of others. */
function outermost(directories: readonly string[]): string[] {
  const all = new Set(directories);
  return directories.filter((directory) => {
    for (let end = directory.lastIndexOf('/'); end > 0; end = directory.lastIndexOf('/', end - 1))
      if (all.has(directory.slice(0, end))) return false;
    return true;
  });
}
