import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { isMapping, propertyOf } from '../../../model/json-value.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { namedCharts } from '../../named-charts.ts';

/** Each chart of a pack becomes one release; its subcharts are a part of that. */
export function* unknownRelease(pack: LintPack): Generator<Finding> {
  const path = ['pack', 'releaseNameOverride'];
  const overrides = propertyOf(propertyOf(pack.values?.value, 'pack'), 'releaseNameOverride');
  const charts = isMapping(overrides) ? namedCharts(pack) : undefined;
  if (pack.values === undefined || !isMapping(overrides) || charts === undefined) return;
  for (const chart of Object.keys(overrides)) {
    if (charts.names.has(chart)) continue;
    const place = pack.values.place([...path, chart], 'key');
    yield findingOf('values/unknown-release', VALUES_FILE, charts.facts(chart), { place });
  }
}
