import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedCharts } from '../../listed-charts.ts';
import { shortened } from '../../shortened.ts';

/** A pack of several charts has a version of its own. */
export function* versionDiffers(pack: LintPack): Generator<Finding> {
  const [chart, ...more] = pack.charts;
  const own = propertyOf(pack.manifest?.value, 'version');
  if (chart?.name === undefined || chart.version === undefined || more.length > 0) return;
  if (pack.manifest === undefined || typeof own !== 'string' || listedCharts(pack).length > 1) return;
  const { name, version: chartVersion, appVersion } = chart;
  const theirs = [chartVersion, ...(appVersion === undefined ? [] : [appVersion])];
  if (theirs.some((version) => agree(own, version))) return;
  yield findingOf(
    'chart/version-differs',
    MANIFEST_FILE,
    {
      version: shortened(own),
      name: shortened(name),
      chartVersion: shortened(chartVersion),
      ...(appVersion !== undefined && { appVersion: shortened(appVersion) }),
    },
    { place: pack.manifest.place(['version']) },
  );
}

/** One may have a suffix that the other has not, such as `-rev2`; what is before it must be the same. */
function agree(one: string, other: string): boolean {
  const [a, b] = [withoutMark(one), withoutMark(other)];
  return a !== '' && b !== '' && (isPrefix(a, b) || isPrefix(b, a));
}

function withoutMark(version: string): string {
  return version.trim().replace(/^v(?=\d)/iu, '');
}

function isPrefix(short: string, long: string): boolean {
  return long.startsWith(short) && (long.length === short.length || /[-+_]/u.test(long.charAt(short.length)));
}
