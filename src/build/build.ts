import type { Finding } from '../model/finding.ts';
import { defaultCacheDirectory } from '../remote/cache-directory.ts';
import { promisor } from '../repo/fetch-missing.ts';
import { openRepository, type Repository } from '../repo/repository.ts';
import type { BuildOptions } from './build-options.ts';
import { openCache, temporaryCache, type Cache } from './cache.ts';
import { openSource, type Source } from './open-source.ts';
import { resolveOutput } from './output-directory.ts';
import type { BuildPlan } from './plan.ts';
import type { PublishedRegistry } from './published-registry.ts';
import type { BuildReport } from './report.ts';
import type { BuildRun } from './run-build.ts';
import { parseSupersede } from './supersede.ts';
import { startTimings, type Timings } from './timings.ts';

export interface BuildResult {
  /** False when a finding is an error that the baseline does not know, whether or not the rest was built. */
  readonly ok: boolean;
  /** Whether the output directory is now the registry. */
  readonly written: boolean;
  /** By file and line. */
  readonly findings: readonly Finding[];
  /** Absent when errors stopped the build. */
  readonly plan?: BuildPlan;
  readonly report: BuildReport;
}

/**
 * Builds the registry of a repository into a directory. Prints nothing; what is wrong with packs is in the result's
 * findings. Rejects with `PackyardError` when the build could not run at all.
 */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const timings = startTimings();
  const supersede = parseSupersede(options.supersede ?? [], options.message);
  const cache = options.cache === false ? await temporaryCache() : openCache(options.cache ?? defaultCacheDirectory());
  try {
    // Before the source, which must not be read from it.
    const out = await resolveOutput(options.out ?? 'public');
    const opening = openRepository(options.repository ?? '.');
    // The rest is loaded while Git looks around.
    const loading = loadRest(cache, opening);
    loading.catch(() => undefined);
    const source = await timings.measure('open', async () => openSource(await opening, options.revision, out, cache));
    try {
      const published = await openPublished(options, source, cache, timings);
      try {
        const runBuild = await loading;
        return await runBuild({ options, out, cache, timings, source, published, supersede });
      } finally {
        await published?.source.close();
      }
    } finally {
      await source.snapshot.close();
    }
  } finally {
    await cache.dispose();
  }
}

type RunBuild = (run: BuildRun) => Promise<BuildResult>;

/** What reads packs and, where nothing was built before, what makes releases of them and has to be known first. */
async function loadRest({ empty }: Cache, opening: Promise<Repository>): Promise<RunBuild> {
  if (empty) void opening.then(promisor).catch(() => undefined);
  const [{ runBuild }] = await Promise.all([import('./run-build.ts'), empty && import('./make-release.ts')]);
  return runBuild;
}

async function openPublished(
  options: BuildOptions,
  { config }: Source,
  cache: Cache,
  timings: Timings,
): Promise<PublishedRegistry | undefined> {
  const { previous, changesOnly, base } = options;
  if (previous === undefined && base === undefined && changesOnly !== true) return undefined;
  return (await import('./open-published.ts')).openPublished(options, config, cache, timings);
}
