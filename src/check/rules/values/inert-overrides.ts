import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { keysOf, propertyOf } from '../../../model/json-value.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import { takesNone } from '../../chart-values.ts';
import type { LintPack } from '../../lint-pack.ts';
import { shortened } from '../../shortened.ts';

const MOST_KEYS = 10;

/** One key that a chart does not use may be left over; where it uses none of them, nothing happens at all. */
export function* inertOverrides({ values, charts, archives }: LintPack): Generator<Finding> {
  if (values === undefined) return;
  const sections = propertyOf(values.value, 'charts');
  for (const { path, name } of charts) {
    const keys = name === undefined ? [] : keysOf(propertyOf(sections, name));
    const chart = archives.get(path);
    if (name === undefined || keys.length === 0 || chart === undefined || !takesNone(chart, keys)) continue;
    const args = { chart: shortened(name), count: keys.length, keys: keys.slice(0, MOST_KEYS).map(shortened) };
    yield findingOf('values/inert-overrides', VALUES_FILE, args, { place: values.place(['charts', name], 'key') });
  }
}
