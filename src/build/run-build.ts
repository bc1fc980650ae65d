import type { BuildOptions } from './build-options.ts';
import type { BuildResult } from './build.ts';
import type { Cache } from './cache.ts';
import { identitiesOf, type Identities } from './candidates.ts';
import { bothOf } from '../model/in-parallel.ts';
import type { Source } from './open-source.ts';
import type { PublishedRegistry } from './published-registry.ts';
import { readPacks } from './read-packs.ts';
import { RECIPE } from './recipe.ts';
import { identitiesIn, loadParts } from './registry-parts.ts';
import type { Supersedes } from './supersede.ts';
import type { Timings } from './timings.ts';

/** Everything that the steps of one build share. */
export interface BuildRun {
  readonly options: BuildOptions;
  /** Absolute path of the output directory. */
  readonly out: string;
  readonly cache: Cache;
  readonly timings: Timings;
  readonly source: Source;
  readonly published: PublishedRegistry | undefined;
  readonly supersede: Supersedes;
}

/** Reads the packs of an opened source and makes their registry. */
export async function runBuild(run: BuildRun): Promise<BuildResult> {
  const { options, source, published, cache, timings } = run;
  const parts = await loadParts(cache, source.snapshot, published?.source.location);
  const known = [identitiesIn(parts), ...(published === undefined ? [] : [publishedIdentities(published)])];
  const cold = cache.empty;
  const reading = readPacks({ source, cache, timings, known, onProgress: options.onProgress });
  // What comes after is loaded while packs are read; errors, too, are likely where all are read.
  const [packs, [{ finishBuild }]] = await bothOf(
    reading,
    Promise.all([import('./finish-build.ts'), cold && import('./known-errors.ts')]),
  );
  return finishBuild(run, packs, parts);
}

/** What an older recipe made is read again: the rules of now need not let it pass. */
function publishedIdentities({ sources }: PublishedRegistry): Identities {
  return identitiesOf(
    [...sources].map(([name, { releases }]) => [name, releases.filter(({ recipe }) => recipe === RECIPE)]),
  );
}
