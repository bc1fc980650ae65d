import type { ReportedFinding } from '../../check/check-report.ts';
import { byPlace } from '../../check/by-place.ts';
import { isError, type Finding } from '../../model/finding.ts';
import { PackyardError } from '../../errors.ts';
import type { PackDirectory, PackDirectories } from '../../repo/pack-directories.ts';
import type { Commit } from '../../repo/repository.ts';
import type { Cache } from '../cache.ts';
import { comparePacks, differing, earlierPacks } from '../compare-packs.ts';
import { findPacks } from '../find-packs.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { packLister, type ListPacks } from '../listed-packs.ts';
import { loadStatuses } from '../load-statuses.ts';
import { logoMaker } from '../make-logo.ts';
import type { Source } from '../open-source.ts';
import { readBaseline } from '../read-baseline.ts';
import { releaseRecords, type ReleaseRecords } from '../release-records.ts';
import { skippedFindings } from '../skipped-findings.ts';
import { startTimings } from '../timings.ts';
import { turns } from '../turns.ts';
import type { DiffOptions } from './diff-options.ts';
import { growthOf, type SizeChange, type SizedRelease } from './growth.ts';
import { identified, identifiedPacks, type IdentifiedPack } from './identified-packs.ts';
import { newFindings, withoutKnown, type FindingFilter, type NewFindings } from './new-findings.ts';
import { isOver } from './is-over.ts';
import { pairedReleases, type PairedRelease } from './paired-releases.ts';
import type { RegistryDiff, ReleaseDiff } from './registry-diff.ts';
import { releaseDiff } from './release-diff.ts';
import { statusChanges } from './status-changes.ts';

/** How many packs are at work at once. */
const WIDTH = 8;

export interface DiffSources {
  /** With the change. */
  readonly source: Source;
  readonly base: Commit;
  /** At the base; undefined where its configuration cannot be read. */
  readonly before: Source | undefined;
  readonly cache: Cache;
  readonly options: DiffOptions;
}

/** Everything that the steps of one comparison share. */
interface Run extends DiffSources {
  readonly records: ReleaseRecords;
  readonly list: ListPacks;
  readonly filter: FindingFilter;
  readonly earlier: readonly PackDirectory[];
  /** Tree of each pack directory at the base. */
  readonly trees: ReadonlyMap<string, string>;
  /** New findings about packs together, by directory. */
  readonly together: ReadonlyMap<string, readonly Finding[]>;
}

/** Compares two moments of a repository. Only packs whose trees differ are read. */
export async function diffSources(sources: DiffSources): Promise<RegistryDiff> {
  const { source, base, cache, options } = sources;
  const { snapshot, config } = source;
  const maker = {
    snapshot,
    cache,
    logos: logoMaker(cache, config.logoSizes),
    timings: startTimings(),
    large: turns(),
  };
  const earlier = await earlierPacks(source, base.oid, cache);
  const now = await packsOf(source, cache, earlier.directories.length);
  const list = packLister(snapshot);
  const filter = await filterOf(sources);
  const statuses = await loadStatuses(snapshot, cache);
  const statusesThen = await loadStatuses({ ...snapshot, tree: base.tree }, cache);
  const changed = await comparePacks({ source, cache, list }, now.packs, earlier);
  const together = withoutKnown(
    [...changed.filter(isAboutPacks), ...source.findings, ...skippedFindings(now.skipped), ...statuses.findings],
    [[...(await findingsThen(sources, now)), ...statusesThen.findings]],
    filter,
  ).findings;
  const run = {
    ...sources,
    records: releaseRecords(maker, config),
    list,
    filter,
    earlier: earlier.directories,
    trees: new Map(earlier.directories.map(({ directory, tree }) => [directory, tree])),
    together: byDirectory(together),
  };
  const sides = await sidesOf(run, now.packs);
  const compared = await comparedPairs(run, pairedReleases(sides.before, sides.after));
  const unnamed = await unnamedFindings(run, now.packs);
  const releases = compared.flatMap(({ release }) => release ?? []);
  const directories = new Set(releases.map(({ directory }) => directory));
  const findings = [
    ...together.filter(({ file }) => !foldersOf(file).some((folder) => directories.has(folder))),
    ...compared.flatMap(({ release, found }) => (release === undefined ? found : [])),
    ...unnamed,
  ].toSorted(byPlace);
  const sizes = await sizeChange(run, compared);
  const growth = await growthOf({ snapshot, cache, config, records: run.records }, sizes, run.earlier);
  const statusDiff = await statusChanges(
    { statuses: statusesThen, packs: sides.before },
    { statuses, packs: sides.after },
    list,
  );
  return {
    base: { commit: base.oid, dirty: false },
    head: { commit: snapshot.commit.oid, dirty: options.head === undefined && snapshot.dirty },
    ok: releases.every(({ refusals }) => refusals.length === 0) && !findings.some(isError) && !isOver(growth),
    releases,
    statuses: statusDiff,
    findings,
    growth,
  };
}

/** That there are none any more, or were none yet, is a change like others. */
async function packsOf(source: Source, cache: Cache, others: number): Promise<PackDirectories> {
  try {
    return await findPacks(source, cache);
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code !== 'no-packs' || others === 0) throw error;
    return { packs: [], skipped: [] };
  }
}

async function filterOf({ source, options }: DiffSources): Promise<FindingFilter> {
  const { snapshot, config } = source;
  const { baseline } = await readBaseline({
    snapshot,
    workTree: options.head === undefined,
    configured: config.check.baseline,
    named: undefined,
    replaced: false,
  });
  return { config: config.check, baseline };
}

/** What the comparison of releases says by itself. */
function isAboutPacks({ rule }: Finding): boolean {
  return rule !== 'registry/changed-release' && rule !== 'registry/removed-release';
}

/** What was found of the repository at the base; places of packs are looked at only when something is wrong now. */
async function findingsThen({ before, cache }: DiffSources, now: PackDirectories): Promise<readonly Finding[]> {
  if (before === undefined) return [];
  if (now.skipped.length === 0) return before.findings;
  const { skipped } = await packsOf(before, cache, now.packs.length + now.skipped.length);
  return [...before.findings, ...skippedFindings(skipped)];
}

interface Sides {
  readonly before: readonly IdentifiedPack[];
  readonly after: readonly IdentifiedPack[];
}

/** Every pack that names a release, at the base and now. */
async function sidesOf(run: Run, packs: readonly PackDirectory[]): Promise<Sides> {
  const before = await identifiedPacks(run.earlier, run.list, run.cache);
  const changed = new Map(
    (await identified(differing(packs, run.earlier), run.list)).map((pack) => [pack.directory, pack]),
  );
  const known = new Map(before.map((pack) => [pack.directory, pack]));
  const after = packs.flatMap(({ directory, tree }): readonly IdentifiedPack[] => {
    const pack = changed.get(directory) ?? known.get(directory);
    return pack?.tree === tree ? [pack] : [];
  });
  return { before, after };
}

interface ComparedPair {
  readonly pair: PairedRelease;
  /** Absent when nothing that is published differs. */
  readonly release?: ReleaseDiff;
  readonly found: readonly ReportedFinding[];
}

async function comparedPairs(run: Run, pairs: readonly PairedRelease[]): Promise<readonly ComparedPair[]> {
  let done = 0;
  return inParallel(pairs, WIDTH, async (pair) => {
    const compared = await comparedPair(run, pair);
    done += 1;
    const label = `${pair.name} ${pair.version}`;
    run.options.onProgress?.({ step: 'packs', done, total: pairs.length, label });
    return compared;
  });
}

async function comparedPair(run: Run, pair: PairedRelease): Promise<ComparedPair> {
  const { after } = pair;
  if (after === undefined) return { pair, release: removedRelease(run, pair), found: [] };
  const found = await findingsOf(run, after, [pair.before?.tree, pair.follows?.tree]);
  const superseded = run.options.supersede?.includes(`${pair.name}@${pair.version}`) === true;
  const { snapshot } = run.source;
  const release = await releaseDiff({ snapshot, records: run.records }, { ...pair, after, superseded }, found);
  if (release !== undefined) return { pair, release, found: release.findings };
  return {
    pair,
    found: found.findings.map((finding) => ({ ...finding, pack: pair.name, directory: after.directory })),
  };
}

async function findingsOf(
  { source, cache, records, filter, trees, together }: Run,
  { directory, tree }: PackDirectory,
  others: readonly (string | undefined)[],
): Promise<NewFindings> {
  const known = [...new Set([trees.get(directory), ...others])].filter((each) => each !== undefined);
  const own = await newFindings(source.snapshot, { cache, records }, { directory, tree, known }, filter);
  return { ...own, findings: [...own.findings, ...(together.get(directory) ?? [])].toSorted(byPlace) };
}

function removedRelease({ source: { config } }: Run, { name, version, before }: PairedRelease): ReleaseDiff {
  const kept = config.onRemove === 'keep' || config.history === 'all';
  const directory = before?.directory ?? '';
  return { change: 'removed', name, version, directory, refusals: [], kept, findings: [], known: 0 };
}

/** Of changed directories whose `pack.json` says no name and version. */
async function unnamedFindings(run: Run, packs: readonly PackDirectory[]): Promise<readonly ReportedFinding[]> {
  const changed = differing(packs, run.earlier);
  const named = new Set((await identified(changed, run.list)).map(({ directory }) => directory));
  const unnamed = changed.filter(({ directory }) => !named.has(directory));
  const found = await inParallel(unnamed, WIDTH, (pack) => findingsOf({ ...run, together: new Map() }, pack, []));
  return found.flatMap(({ findings }, index) => {
    const { directory = '' } = unnamed[index] ?? {};
    return findings.map((finding) => ({ ...finding, directory }));
  });
}

/** What will be published, and what will not be any more. */
async function sizeChange(run: Run, compared: readonly ComparedPair[]): Promise<SizeChange> {
  const sized = async (pack: PackDirectory | undefined): Promise<SizedRelease[]> =>
    pack === undefined ? [] : [{ pack, record: (await run.records.of(pack.tree)).record }];
  const [added, removed, similar]: [SizedRelease[], SizedRelease[], SizedRelease[]] = [[], [], []];
  for (const { pair, release } of compared) {
    if (release === undefined || release.refusals.length > 0) continue;
    similar.push(...(await sized(pair.follows)));
    added.push(...(await sized(pair.after)));
    if (release.change === 'changed' || release.kept === false) removed.push(...(await sized(pair.before)));
  }
  return { added, removed, similar };
}

/** Findings by each folder that their file lies in. */
function byDirectory(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const folder of foldersOf(finding.file)) {
      const group = groups.get(folder) ?? [];
      group.push(finding);
      groups.set(folder, group);
    }
  }
  return groups;
}

/** A path and the folders above it. */
function foldersOf(path: string): string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}
