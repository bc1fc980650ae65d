import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { isMapping, type Mapping, propertyOf } from '../../../model/json-value.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import { ownValueKeys } from '../../chart-values.ts';
import type { LintPack } from '../../lint-pack.ts';
import { namedCharts } from '../../named-charts.ts';
import { shortened } from '../../shortened.ts';

/** Below `charts:` stand the names that the charts have in their Chart.yaml. */
export function* unknownChart(pack: LintPack): Generator<Finding> {
  const sections = propertyOf(pack.values?.value, 'charts');
  const charts = isMapping(sections) ? namedCharts(pack) : undefined;
  if (pack.values === undefined || !isMapping(sections) || charts === undefined) return;
  const unknown = Object.keys(sections).filter((key) => !charts.names.has(key) && !isMisplaced(key, sections));
  const outside = unknown.length === 0 ? undefined : valuesOutside(pack, new Set(unknown));
  // All values of one chart are one mistake, told at the first of them.
  const first = unknown.find((key) => outside?.keys.has(key) === true);
  for (const key of unknown) {
    const isValue = outside?.keys.has(key) === true;
    if (isValue && key !== first) continue;
    const args = {
      ...charts.facts(key),
      ...(isValue && { owner: { chart: shortened(outside.chart), more: outside.keys.size - 1 } }),
    };
    yield findingOf('values/unknown-chart', VALUES_FILE, args, { place: pack.values.place(['charts', key], 'key') });
  }
}

/** `values/misplaced-namespace` says where that one belongs. */
function isMisplaced(key: string, sections: Mapping): boolean {
  return key === 'namespace' && typeof sections[key] === 'string';
}

interface ValuesOutside {
  readonly chart: string;
  readonly keys: ReadonlySet<string>;
}

/** The chart of which most of these keys are values. */
function valuesOutside({ charts, archives }: LintPack, keys: ReadonlySet<string>): ValuesOutside | undefined {
  const candidates = charts.flatMap(({ path, name }): ValuesOutside[] => {
    const chart = archives.get(path);
    if (name === undefined || chart === undefined) return [];
    return [{ chart: name, keys: new Set(ownValueKeys(chart)?.filter((key) => keys.has(key))) }];
  });
  const [best] = candidates.toSorted((a, b) => b.keys.size - a.keys.size);
  return best === undefined || best.keys.size === 0 ? undefined : best;
}
