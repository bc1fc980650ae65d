import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import { chartFileValue } from '../../chart-files.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedAt } from '../../listed-charts.ts';

const NEEDED = ['apiVersion', 'name', 'version'] as const;

/** Where a Chart.yaml cannot be read at all, `chart/no-metadata` said so. */
export function* invalidMetadata(pack: LintPack): Generator<Finding> {
  const indexes = listedAt(pack);
  for (const { path } of pack.charts) {
    const chart = pack.archives.get(path);
    const index = indexes.get(path);
    if (chart === undefined || index === undefined || pack.manifest === undefined) continue;
    const metadata = chartFileValue(chart.files.get('Chart.yaml'));
    if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) continue;
    const missing = NEEDED.filter((key) => !isGiven(propertyOf(metadata, key)));
    if (missing.length === 0) continue;
    yield findingOf(
      'chart/invalid-metadata',
      MANIFEST_FILE,
      { path, missing },
      { place: pack.manifest.place(['charts', index]) },
    );
  }
}

/** A version such as 1.2 is a number to YAML; Helm reads it as text. */
function isGiven(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}
