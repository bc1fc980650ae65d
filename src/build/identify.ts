import { fetchMissing } from '../repo/fetch-missing.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { Repository } from '../repo/repository.ts';
import { candidateOf, type Candidate, type Identities } from './candidates.ts';
import { inParallel } from '../model/in-parallel.ts';
import type { OnProgress } from './progress.ts';
import type { ReleaseRecords } from './release-records.ts';

/** How many packs are at work at once: enough that cores, Git and the disk never wait for each other. */
const WIDTH = 16;

/**
 * Finds out which release is in each directory. Only trees that no earlier build knew are read; in a partial clone what
 * they lack is fetched together.
 */
export async function identify(
  repository: Repository,
  directories: readonly PackDirectory[],
  known: readonly Identities[],
  records: ReleaseRecords,
  onProgress: OnProgress | undefined,
): Promise<Candidate[]> {
  const candidates = directories.map((directory) => knownCandidate(directory, known));
  const unknown = directories.filter((_, index) => candidates[index] === undefined);
  const total = unknown.length;
  const recorded = await inParallel(unknown, WIDTH, ({ tree }) => records.recorded(tree));
  const unread = unknown.filter((_, index) => recorded[index] === undefined);
  await fetchMissing(
    repository,
    unread.map(({ tree }) => tree),
  );
  let done = 0;
  return inParallel(directories, WIDTH, async (directory, index) => {
    const candidate = candidates[index];
    if (candidate !== undefined) return candidate;
    const { record } = await records.of(directory.tree);
    done += 1;
    onProgress?.({ step: 'packs', done, total, label: directory.directory });
    return candidateOf(directory, record);
  });
}

/** Which release is in one directory. */
export async function candidateIn(
  directory: PackDirectory,
  known: readonly Identities[],
  records: ReleaseRecords,
): Promise<Candidate> {
  return knownCandidate(directory, known) ?? candidateOf(directory, (await records.of(directory.tree)).record);
}

function knownCandidate({ directory, tree }: PackDirectory, known: readonly Identities[]): Candidate | undefined {
  const identity = known.find((identities) => identities.has(tree))?.get(tree);
  return identity === undefined ? undefined : { directory, tree, identity, findings: [] };
}
