import type { Finding } from '../../../model/finding.ts';
import { compareVersions, isPrerelease, parseVersion } from '../../../model/version.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import { listedDependencies } from '../../dependencies.ts';
import type { LintPack } from '../../lint-pack.ts';

/** Longer versions do not fit the schema. */
const LONGEST = 128;

/** Dependencies whose lowest version is above their highest. */
export function* minAboveMax({ manifest }: LintPack): Generator<Finding> {
  if (manifest === undefined) return;
  for (const { packName, value, path } of listedDependencies(manifest.value)) {
    const minVersion = versionAt(value, 'minVersion');
    const maxVersion = versionAt(value, 'maxVersion');
    if (minVersion === undefined || maxVersion === undefined || !isAbove(minVersion, maxVersion)) continue;
    const place = manifest.place([...path, 'minVersion']);
    yield findingOf('constraint/min-above-max', MANIFEST_FILE, { packName, minVersion, maxVersion }, { place });
  }
}

/** A highest version such as `1.28` is read as every 1.28 by some, so that 1.28.4 is not above it. */
function isAbove(lowest: string, highest: string): boolean {
  const [min, max] = [parseVersion(lowest), parseVersion(highest)];
  const sameTrain = max.core.every((number, index) => number === (min.core[index] ?? '0'));
  return !(sameTrain && !isPrerelease(max)) && compareVersions(lowest, highest) > 0;
}

/** Undefined where there is no number to compare: the range is open there. */
function versionAt(value: unknown, key: string): string | undefined {
  const version = propertyOf(value, key);
  if (typeof version !== 'string' || version.length > LONGEST) return undefined;
  return parseVersion(version.trim()).core.length === 0 ? undefined : version.trim();
}
