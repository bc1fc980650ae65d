import { applyBaseline } from '../check/baseline.ts';
import { byPlace } from '../check/by-place.ts';
import type { CheckReport, ReportedFinding } from '../check/check-report.ts';
import { fixOf } from '../check/fix/fix-of.ts';
import { applyLevels } from '../check/levels.ts';
import type { Finding } from '../model/finding.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { Cache } from './cache.ts';
import type { CheckOptions } from './check-options.ts';
import { comparePacks, earlierPacks } from './compare-packs.ts';
import { findPacks } from './find-packs.ts';
import { lintPacks, type LintedPack } from './lint-packs.ts';
import { identityOf, packLister, type ListPacks } from './listed-packs.ts';
import type { Source } from './open-source.ts';
import { readBaseline } from './read-baseline.ts';
import { isBelow, pathInRepository, selectPacks } from './select-packs.ts';
import { skippedFindings } from './skipped-findings.ts';

export interface CheckResult {
  readonly report: CheckReport;
  /** Everything that was found, known or not: what a baseline is made of. */
  readonly all: readonly Finding[];
  /** Absolute path of the baseline. */
  readonly baseline: string;
  /** Absolute path of the work tree's root, or of the repository when it is bare. */
  readonly root: string;
  /** True when every pack was checked. */
  readonly complete: boolean;
}

/** The same options, with the path of a replaced file from the root of the repository. */
async function located({ snapshot }: Source, options: CheckOptions): Promise<CheckOptions> {
  const { replacement } = options;
  if (replacement === undefined) return options;
  const path = await pathInRepository(snapshot.repository, replacement.path);
  return { ...options, replacement: { ...replacement, path } };
}

/** What was found, before anything is configured away. */
interface Found {
  readonly findings: readonly Finding[];
  readonly linted: readonly LintedPack[];
  readonly packs: readonly PackDirectory[];
  readonly list: ListPacks;
  readonly complete: boolean;
}

/** Checks what a source holds. */
export async function checkSource(source: Source, cache: Cache, asked: CheckOptions): Promise<CheckResult> {
  const options = await located(source, asked);
  const found = await findEverything(source, cache, options);
  const { repository } = source.snapshot;
  const config = { ...source.config.check, ...(options.preset !== undefined && { extends: options.preset }) };
  const all = applyLevels(found.findings, config).toSorted(byPlace);
  const { path, baseline } = await readBaseline({
    snapshot: source.snapshot,
    workTree: options.revision === undefined && !repository.bare,
    configured: config.baseline,
    named: options.baseline,
    replaced: options.replaceBaseline === true,
  });
  const { findings, baselined, stale } = applyBaseline(all, baseline, { complete: found.complete });
  const names = await namesOf(found, findings);
  const report = {
    findings: findings.map((finding) => reported(finding, names)),
    packs: found.linted.length,
    suppressed: found.linted.reduce((sum, pack) => sum + pack.suppressed, 0),
    baselined,
    stale,
    clean: cleanOf(found.linted, findings),
  };
  return { report, all, baseline: path, root: repository.root, complete: found.complete };
}

async function findEverything(source: Source, cache: Cache, options: CheckOptions): Promise<Found> {
  const { snapshot } = source;
  const { replacement, paths, onProgress, since } = options;
  const replaced = new Map(replacement === undefined ? [] : [[replacement.path, replacement.data]]);
  const { packs, skipped } = await findPacks(source, cache);
  const earlier = since === undefined ? undefined : await earlierPacks(source, since, cache);
  const selected = await selectPacks(source, packs, options, earlier?.directories);
  const linted = await lintPacks(snapshot, selected, { cache, onProgress, replaced });
  const list = packLister(snapshot, replaced);
  const comparison = { source, cache: replacement === undefined ? cache : undefined, list };
  const together = await comparePacks(comparison, packs, earlier);
  const findings = [
    ...source.findings,
    ...skippedFindings(skipped),
    ...linted.flatMap((pack) => pack.findings),
    ...together.filter(({ file }) => paths === undefined || selected.some(({ directory }) => isBelow(file, directory))),
  ];
  return {
    findings: replacement === undefined ? findings : findings.filter(({ file }) => file === replacement.path),
    linted,
    packs,
    list,
    complete: selected.length === packs.length && replacement === undefined,
  };
}

/** Names of the packs that findings are about, by directory. */
async function namesOf(
  { packs, list }: Found,
  findings: readonly Finding[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const folders = new Set(findings.flatMap(({ file }) => foldersOf(file)));
  const touched = packs.filter(({ directory }) => folders.has(directory));
  const names = new Map((await list(touched)).map((pack) => [pack.directory, identityOf(pack)?.name]));
  return new Map(touched.map(({ directory }) => [directory, names.get(directory)]));
}

function reported(finding: Finding, names: ReadonlyMap<string, string | undefined>): ReportedFinding {
  const directory = foldersOf(finding.file).find((folder) => names.has(folder));
  const pack = directory === undefined ? undefined : names.get(directory);
  const fix = fixOf(finding);
  return {
    ...finding,
    ...(directory !== undefined && { directory }),
    ...(pack !== undefined && { pack }),
    ...(fix !== undefined && { fix }),
  };
}

function cleanOf(linted: readonly LintedPack[], findings: readonly Finding[]): string[] {
  const touched = new Set(findings.flatMap(({ file }) => foldersOf(file)));
  return linted.map(({ directory }) => directory).filter((directory) => !touched.has(directory));
}

/** A path and the folders above it. */
function foldersOf(path: string): string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}
