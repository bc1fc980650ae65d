import { posix } from 'node:path';

import { byPlace } from '../check/by-place.ts';
import { inParallel } from '../model/in-parallel.ts';
import { isError, type Finding } from '../model/finding.ts';
import { assembleSource } from './assemble-source.ts';
import type { BuildResult } from './build.ts';
import { damagedTrees } from './damaged-trees.ts';
import type { KnownErrors } from './known-errors.ts';
import { recordOutput } from './output-state.ts';
import type { PackPart } from './pack-part.ts';
import { planOutput, type PlannedOutput } from './plan-output.ts';
import type { ReadPacks } from './read-packs.ts';
import { recordParts, type RegistryParts } from './registry-parts.ts';
import type { ReleaseRecords } from './release-records.ts';
import { reportOf } from './report.ts';
import type { BuildRun } from './run-build.ts';
import { writeOutput } from './write-output.ts';

/** Makes the registry of packs that were read, plans its output and writes it. */
export async function finishBuild(run: BuildRun, packs: ReadPacks, parts: RegistryParts): Promise<BuildResult> {
  const { options, out, source, published, supersede, cache, timings } = run;
  const { snapshot } = source;
  const assembling = { source, cache, published, packs, supersede };
  const output = { out, cache, published, changesOnly: options.changesOnly === true };
  let assembled = await timings.measure('assemble', () => assembleSource(assembling, parts, options));
  const known = await knownErrors(run, packs);
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

/** What a baseline says is loaded only where something is wrong. */
async function knownErrors({ source, options }: BuildRun, packs: ReadPacks): Promise<KnownErrors> {
  const { findings } = packs;
  if (!findings.some(isError)) return { findings, leftOut: [] };
  return (await import('./known-errors.ts')).knownErrors(source, packs, options.revision === undefined);
}

/** A directory may have errors and be published with other content, too. */
function refusedCount({ directories, sound }: ReadPacks, refusals: readonly Finding[]): number {
  const publishable = new Set(sound.map(({ directory }) => directory));
  const changed = new Set(refusals.map(({ file }) => posix.dirname(file)).filter((each) => publishable.has(each)));
  return directories.length - publishable.size + changed.size;
}

async function makeAgain(trees: ReadonlySet<string>, records: ReleaseRecords): Promise<void> {
  await inParallel([...trees], 16, (tree) => records.again(tree));
}

/** The parts that have nothing of some trees. */
function without(parts: RegistryParts, trees: ReadonlySet<string>): RegistryParts {
  const isClear = (part: PackPart): boolean => !part.sources.releases.some(({ tree }) => trees.has(tree));
  return new Map([...parts].filter(([, part]) => isClear(part)));
}

async function apply({ options, cache }: BuildRun, { plan, listing, state, news }: PlannedOutput): Promise<void> {
  const total = plan.write.length;
  const written = await writeOutput(plan, listing, (done, path) =>
    options.onProgress?.({ step: 'write', done, total, label: path }),
  );
  // An output for changes holds parts of packs only.
  if (news && options.changesOnly !== true) await recordOutput(cache, plan.out, state(written));
}
