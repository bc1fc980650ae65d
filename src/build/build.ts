import { isError, type Finding } from '../model/finding.ts';
import type { Registry } from '../model/registry.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import { openRepository } from '../repo/repository.ts';
import { assembleRegistry, type BuiltDirectory } from './assemble-registry.ts';
import { buildFindings } from './build-findings.ts';
import type { BuildOptions } from './build-options.ts';
import { defaultCacheDirectory } from './cache-directory.ts';
import { openCache, temporaryCache, type Cache } from './cache.ts';
import { cachedHistory } from './cached-history.ts';
import { damagedTrees } from './damaged-trees.ts';
import { findPacks } from './find-packs.ts';
import { bothOf } from './in-parallel.ts';
import { logoMaker } from './make-logo.ts';
import { makeReleases } from './make-releases.ts';
import { nativeIndex } from './native-index.ts';
import { openSource, type Source } from './open-source.ts';
import { outputError, resolveOutput } from './output-directory.ts';
import { outputFiles, type OutputFiles } from './output-files.ts';
import { loadOutputState, recordOutput, type OutputState } from './output-state.ts';
import type { BuildPlan } from './plan.ts';
import { reconcile } from './reconcile.ts';
import { reportOf, type BuildReport } from './report.ts';
import { startTimings, type Timings } from './timings.ts';
import { turns } from './turns.ts';
import { writeOutput } from './write-output.ts';

export interface BuildResult {
  /** False when a finding is an error, whether or not the rest was built. */
  readonly ok: boolean;
  /** Whether the output directory is now the registry. */
  readonly written: boolean;
  /** By file and line. */
  readonly findings: readonly Finding[];
  /** Absent when errors stopped the build. */
  readonly plan?: BuildPlan;
  readonly report: BuildReport;
}

/** Everything that the steps of one build share. */
interface Run {
  readonly options: BuildOptions;
  readonly out: string;
  readonly cache: Cache;
  readonly timings: Timings;
  readonly source: Source;
}

/** Whatever cannot be loaded is missed, and said, where it is needed. */
async function warmUp(): Promise<void> {
  await Promise.all([import('./make-release.ts'), import('sharp')]);
}

/**
 * Builds the registry of a repository into a directory. Prints nothing; what is wrong with packs is in the result's
 * findings. Rejects with `PackyardError` when the build could not run at all.
 */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const timings = startTimings();
  const cache = options.cache === false ? await temporaryCache() : openCache(options.cache ?? defaultCacheDirectory());
  // Where nothing was built before, everything will be read: what reads it is loaded while Git looks around.
  if (cache.empty) void warmUp().catch(() => undefined);
  try {
    // Before the source, which must not be read from it.
    const out = await resolveOutput(options.out ?? 'public');
    const source = await timings.measure('open', async () =>
      openSource(await openRepository(options.repository ?? '.'), options.revision, out, cache),
    );
    try {
      return await buildRun({ options, out, cache, timings, source });
    } finally {
      await source.snapshot.close();
    }
  } finally {
    await cache.dispose();
  }
}

async function buildRun(run: Run): Promise<BuildResult> {
  const { options, out, source, timings } = run;
  const { snapshot } = source;
  const { packs: directories, skipped } = await timings.measure('find', () => findPacks(source, run.cache));
  const [built, history] = await bothOf(
    makeAll(run, directories),
    timings.measure('history', () => cachedHistory(source, directories, run.cache)),
  );
  const { findings, sound } = await buildFindings(source, built, skipped);
  const ok = !findings.some(isError);
  const facts = { snapshot, out, directories: built.length, refused: built.length - sound.length, timings };
  if (sound.length === 0 || (!ok && options.keepGoing !== true)) {
    return {
      ok,
      written: false,
      findings,
      report: reportOf({ ...facts, registry: undefined, plan: undefined, bytes: 0 }),
    };
  }
  const assemble = (packs: readonly BuiltDirectory[]): Registry =>
    assembleRegistry({ config: source.config, snapshot, history, cache: run.cache, directories: packs });
  const whole = await timings.measure('plan', () => planWhole(run, sound, assemble));
  const written = options.dryRun !== true;
  if (written) await timings.measure('write', () => apply(run, whole));
  return { ok, written, findings, plan: whole.plan, report: reportOf({ ...facts, ...whole }) };
}

function makeAll(
  { options, source, cache, timings }: Run,
  directories: readonly PackDirectory[],
  fresh?: ReadonlySet<string>,
): Promise<BuiltDirectory[]> {
  const { config, snapshot } = source;
  const logos = logoMaker(cache, config.logoSizes);
  return makeReleases({ snapshot, cache, logos, timings, large: turns() }, directories, {
    config,
    ...(fresh !== undefined && { fresh }),
    onProgress: options.onProgress,
  });
}

interface WholePlan {
  readonly registry: Registry;
  readonly plan: BuildPlan;
  readonly bytes: number;
  /** What is in the output directory. */
  readonly found: OutputFiles;
  /** What was known of it. */
  readonly state: OutputState;
}

/** Plans, and makes again what the cache turns out to have lost, so that applying the plan cannot fail for it. */
async function planWhole(
  run: Run,
  packs: readonly BuiltDirectory[],
  assemble: (packs: readonly BuiltDirectory[]) => Registry,
): Promise<WholePlan> {
  const first = await planOnce(run, assemble(packs));
  const damaged = await damagedTrees(first.plan, packs);
  if (damaged.size === 0) return first;
  const lost = packs.filter(({ tree }) => damaged.has(tree));
  const made = new Map((await makeAll(run, lost, damaged)).map((pack) => [pack.directory, pack]));
  return planOnce(run, assemble(packs.map((pack) => made.get(pack.directory) ?? pack)));
}

async function planOnce({ out, cache }: Run, registry: Registry): Promise<WholePlan> {
  const entries = await nativeIndex(registry);
  const state = await loadOutputState(cache, out);
  const found = foundIn(out);
  const plan = await reconcile(entries, out, found, state);
  return { registry, plan, found, state, bytes: entries.reduce((sum, { size }) => sum + size, 0) };
}

function foundIn(out: string): OutputFiles {
  try {
    return outputFiles(out);
  } catch (error) {
    throw outputError(error, out);
  }
}

async function apply({ options, cache }: Run, { plan, found, state }: WholePlan): Promise<void> {
  const total = plan.write.length;
  const written = await writeOutput(plan, found, (done, path) =>
    options.onProgress?.({ step: 'write', done, total, label: path }),
  );
  await recordOutput(cache, plan, new Map([...found, ...written]), state);
}
