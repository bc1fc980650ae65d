import { firstFindings } from '../check/first-findings.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { PackStays } from '../repo/pack-stays.ts';
import type { Cache } from './cache.ts';
import type { Candidate, Identities } from './candidates.ts';
import { changedReleaseFindings } from './historic-findings.ts';
import { historicReleases } from './historic-releases.ts';
import { candidateIn } from './identify.ts';
import { namelessFindings, newestValid, twinFindings, type ValidReleases } from './newest-valid.ts';
import type { Source } from './open-source.ts';
import type { ReleaseRecords } from './release-records.ts';

export interface PastParts {
  readonly source: Source;
  readonly cache: Cache;
  /** The pack directories of the tree, and those of them that can be published. */
  readonly directories: readonly PackDirectory[];
  readonly sound: readonly Candidate[];
  readonly known: readonly Identities[];
  /** Of all of its history. */
  readonly stays: PackStays;
  readonly records: ReleaseRecords;
}

/** The releases that the branch carried and its tree no longer has, and what there is to say about its history. */
export async function pastReleases(parts: PastParts): Promise<ValidReleases> {
  const { source, cache, directories, sound, known, stays, records } = parts;
  const { releases, twins, changing, nameless } = await historicReleases({
    source,
    cache,
    stays,
    atTip: directories,
    known,
  });
  const { past, findings } = await newestValid(releases, sound, (content) => candidateIn(content, known, records));
  const changes = await changedReleaseFindings(source.snapshot, cache, changing);
  return {
    past,
    findings: [...findings, ...twinFindings(twins), ...firstFindings(namelessFindings(nameless)), ...changes],
  };
}
