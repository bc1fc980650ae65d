import { basename } from 'node:path/posix';

import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedAt } from '../../listed-charts.ts';
import { shortened } from '../../shortened.ts';

/** A file may leave the version out of its name; what it says must be so. */
export function* nameMismatch(pack: LintPack): Generator<Finding> {
  const indexes = listedAt(pack);
  for (const { path, name, version } of pack.charts) {
    const index = indexes.get(path);
    if (name === undefined || version === undefined || index === undefined) continue;
    if (saysSo(basename(path), name, version)) continue;
    const place = pack.manifest?.place(['charts', index]);
    yield findingOf(
      'chart/name-mismatch',
      MANIFEST_FILE,
      { path, name: shortened(name), version: shortened(version) },
      place === undefined ? {} : { place },
    );
  }
}

function saysSo(file: string, name: string, version: string): boolean {
  const bare = version.replace(/^v/u, '');
  // Some stores of charts do not allow a plus sign in names.
  const versions = [bare, `v${bare}`].flatMap((each) => [each, each.replaceAll('+', '_'), each.replaceAll('+', '-')]);
  return [name, ...versions.map((each) => `${name}-${each}`)].some((stem) => file === `${stem}.tgz`);
}
