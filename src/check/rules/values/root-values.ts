import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { keysOf, propertyOf } from '../../../model/json-value.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import { ownValueKeys } from '../../chart-values.ts';
import type { LintPack } from '../../lint-pack.ts';
import { shortened } from '../../shortened.ts';

const MOST_KEYS = 10;

/** Keys of the root that are not the values of a chart. */
const OWN: ReadonlySet<string> = new Set(['pack', 'charts', 'manifests']);

/** Of several charts that know the keys, the one that knows most of them was meant. */
export function* rootValues({ values, charts, archives }: LintPack): Generator<Finding> {
  const root = new Set(keysOf(values?.value).filter((key) => !OWN.has(key)));
  if (values === undefined || root.size === 0) return;
  const sections = propertyOf(values.value, 'charts');
  const candidates = charts.flatMap(({ path, name }) => {
    const chart = archives.get(path);
    if (name === undefined || chart === undefined || keysOf(propertyOf(sections, name)).length > 0) return [];
    return [{ chart: name, own: (ownValueKeys(chart) ?? []).filter((key) => root.has(key)) }];
  });
  const [best] = candidates.toSorted((a, b) => b.own.length - a.own.length);
  if (best === undefined) return;
  const { chart } = best;
  const own = new Set(best.own);
  const keys = [...root].filter((key) => own.has(key));
  const [first] = keys;
  if (first === undefined) return;
  yield findingOf(
    'values/root-values',
    VALUES_FILE,
    { chart: shortened(chart), count: keys.length, keys: keys.slice(0, MOST_KEYS).map(shortened) },
    { place: values.place([first], 'key') },
  );
}
