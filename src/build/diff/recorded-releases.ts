import type { RegistryConfig } from '../../model/registry-config.ts';
import type { Cache } from '../cache.ts';
import type { ReleaseMaker } from '../make-release.ts';
import type { ReleaseRecord } from '../release-record.ts';
import { releaseRecords } from '../release-records.ts';

/** What an earlier build recorded of a tree; nothing is built. */
export type RecordedRelease = (tree: string) => Promise<ReleaseRecord | undefined>;

/** Stands for a record that is not there: one without a release has a finding that says why. */
const MISSING: ReleaseRecord = { findings: [] };

export function recordedReleases(maker: ReleaseMaker, config: RegistryConfig): RecordedRelease {
  const { cache } = maker;
  const record: Cache['record'] = async (kind, key) => (await cache.record(kind, key)) ?? MISSING;
  const records = releaseRecords({ ...maker, cache: Object.assign(Object.create(cache) as Cache, { record }) }, config);
  return async (tree) => {
    const found = (await records.of(tree)).record;
    return found === MISSING ? undefined : found;
  };
}
