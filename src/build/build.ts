import { posix } from 'node:path';

import { byPlace } from '../check/by-place.ts';
import type { PackSources } from '../model/documents.ts';
import { isError, type Finding } from '../model/finding.ts';
import { openRepository } from '../repo/repository.ts';
import { assembleSource } from './assemble-source.ts';
import type { BuildOptions } from './build-options.ts';
import { defaultCacheDirectory } from '../remote/cache-directory.ts';
import { openCache, temporaryCache, type Cache } from './cache.ts';
import { identitiesOf } from './candidates.ts';
import { damagedTrees } from './damaged-trees.ts';
import { inParallel } from '../model/in-parallel.ts';
import { knownErrors } from './known-errors.ts';
import { openPublished } from './open-published.ts';
import { openSource, type Source } from './open-source.ts';
import { resolveOutput } from './output-directory.ts';
import { recordOutput } from './output-state.ts';
import type { PackPart } from './pack-part.ts';
import type { BuildPlan } from './plan.ts';
import { planOutput, type PlannedOutput } from './plan-output.ts';
import type { PublishedRegistry } from './published-registry.ts';
import { readPacks, type ReadPacks } from './read-packs.ts';
import { identitiesIn, loadParts, recordParts, type RegistryParts } from './registry-parts.ts';
import { RECIPE } from './recipe.ts';
import type { ReleaseRecords } from './release-records.ts';
import { reportOf, type BuildReport } from './report.ts';
import { startTimings, type Timings } from './timings.ts';
import { parseSupersede, type Supersedes } from './supersede.ts';
import { writeOutput } from './write-output.ts';

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

/** Everything that the steps of one build share. */
interface Run {
  readonly options: BuildOptions;
  readonly out: string;
  readonly cache: Cache;
  readonly timings: Timings;
  readonly source: Source;
  readonly published: PublishedRegistry | undefined;
  readonly supersede: Supersedes;
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
  const supersede = parseSupersede(options.supersede ?? [], options.message);
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
      const published = await openPublished(options, source.config, cache, timings);
      try {
        return await buildRun({ options, out, cache, timings, source, published, supersede });
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

async function buildRun(run: Run): Promise<BuildResult> {
  const { options, out, source, published, supersede, cache, timings } = run;
  const { snapshot } = source;
  const parts = await loadParts(cache, snapshot, published?.source.location);
  const identities = [
    identitiesIn(parts),
    ...(published === undefined ? [] : [identitiesOf(publishedReleases(published))]),
  ];
  const packs = await readPacks({ source, cache, timings, known: identities, onProgress: options.onProgress });
  const assembling = { source, cache, published, packs, supersede };
  const output = { out, cache, published, changesOnly: options.changesOnly === true };
  let assembled = await timings.measure('assemble', () => assembleSource(assembling, parts, options));
  const known = await knownErrors(source, packs, options.revision === undefined);
  const findings = [...known.findings, ...assembled.findings].toSorted(byPlace);
  const ok = !findings.some(isError);
  const directories = packs.directories.length;
  const refused = refusedCount(packs, assembled.refusals);
  const { leftOut } = known;
  const facts = { snapshot, out, directories, refused, leftOut, published, timings };
  if (assembled.registry.packs.length === 0 || (!ok && options.keepGoing !== true)) {
    const report = reportOf({ ...facts, registry: undefined, plan: undefined, superseded: [], renewed: [] });
    return { ok, written: false, findings, report };
  }
  let planned = await timings.measure('plan', () => planOutput(assembled.registry, output));
  // Made again before anything is written, so that applying the plan cannot fail for what the cache has lost.
  const damaged = await damagedTrees(planned.plan);
  if (damaged.size > 0) {
    await makeAgain(damaged, packs.records);
    assembled = await assembleSource(assembling, without(parts, damaged), options);
    planned = await planOutput(assembled.registry, output);
  }
  const written = options.dryRun !== true;
  if (written) await timings.measure('write', () => apply(run, planned));
  if (written) await recordParts(cache, snapshot, published?.source.location, assembled.parts, parts);
  const plan = { ...planned.plan, tags: assembled.tags };
  const { registry, superseded, renewed } = assembled;
  const report = reportOf({ ...facts, registry, plan, superseded, renewed });
  return { ok, written, findings, plan, report };
}

/** A directory may have errors and be published with other content, too. */
function refusedCount({ directories, sound }: ReadPacks, refusals: readonly Finding[]): number {
  const publishable = new Set(sound.map(({ directory }) => directory));
  const changed = new Set(refusals.map(({ file }) => posix.dirname(file)).filter((each) => publishable.has(each)));
  return directories.length - publishable.size + changed.size;
}

function publishedReleases({ sources }: PublishedRegistry): (readonly [string, PackSources['releases']])[] {
  // What an older recipe made is read again: the rules of now need not let it pass.
  return [...sources].map(([name, { releases }]) => [name, releases.filter(({ recipe }) => recipe === RECIPE)]);
}

async function makeAgain(trees: ReadonlySet<string>, records: ReleaseRecords): Promise<void> {
  await inParallel([...trees], 16, (tree) => records.again(tree));
}

/** The parts that have nothing of some trees. */
function without(parts: RegistryParts, trees: ReadonlySet<string>): RegistryParts {
  const isClear = (part: PackPart): boolean => !part.sources.releases.some(({ tree }) => trees.has(tree));
  return new Map([...parts].filter(([, part]) => isClear(part)));
}

async function apply({ options, cache }: Run, { plan, listing, state, news }: PlannedOutput): Promise<void> {
  const total = plan.write.length;
  const written = await writeOutput(plan, listing, (done, path) =>
    options.onProgress?.({ step: 'write', done, total, label: path }),
  );
  // An output for changes holds parts of packs only.
  if (news && options.changesOnly !== true) await recordOutput(cache, plan.out, state(written));
}
