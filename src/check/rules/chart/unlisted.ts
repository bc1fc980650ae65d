import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedAt } from '../../listed-charts.ts';
import { shortened } from '../../shortened.ts';

/** What lies in the `charts` folder of an unpacked chart belongs to that chart. */
export function* unlisted(pack: LintPack): Generator<Finding> {
  const list = propertyOf(pack.manifest?.value, 'charts');
  if (pack.manifest === undefined || (list !== undefined && !Array.isArray(list))) return;
  const indexes = listedAt(pack);
  const listedNames = new Map(pack.charts.map(({ name, path }) => [name, path]));
  for (const { path, name } of pack.archives.values()) {
    if (name === undefined || indexes.has(path) || isSubchart(path, pack)) continue;
    const listed = listedNames.get(name);
    yield findingOf('chart/unlisted', path, { path, name: shortened(name), ...(listed !== undefined && { listed }) });
  }
}

function isSubchart(path: string, { files }: LintPack): boolean {
  for (let at = path.indexOf('charts/'); at !== -1; at = path.indexOf('charts/', at + 1)) {
    if ((at === 0 || path[at - 1] === '/') && files.has(`${path.slice(0, at)}Chart.yaml`)) return true;
  }
  return false;
}
