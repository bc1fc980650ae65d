import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedAt } from '../../listed-charts.ts';
import { shortened } from '../../shortened.ts';

/** Values are given by the name of a chart, so it must say which one is meant. */
export function* duplicateName(pack: LintPack): Generator<Finding> {
  const { manifest, charts } = pack;
  if (manifest === undefined) return;
  const indexes = listedAt(pack);
  const firsts = new Map<string, string>();
  for (const { path, name } of charts) {
    if (name === undefined) continue;
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, path);
    else {
      const place = manifest.place(['charts', indexes.get(path) ?? 0]);
      yield findingOf('chart/duplicate-name', MANIFEST_FILE, { path, name: shortened(name), first }, { place });
    }
  }
}
