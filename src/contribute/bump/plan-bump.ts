import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

import { createTwoFilesPatch } from 'diff';

import { findPacks } from '../../build/find-packs.ts';
import { openCache, temporaryCache, type Cache } from '../../build/cache.ts';
import { openSource, type Source } from '../../build/open-source.ts';
import { changesBetween, type FileChange } from '../../check/fix/file-changes.ts';
import { loadLintPack, type LintPack } from '../../check/lint-pack.ts';
import { PackyardError } from '../../errors.ts';
import { LIMITS } from '../../model/limits.ts';
import { replaceJsonValue } from '../../pack/edit-json.ts';
import { IGNORE_FILE, MANIFEST_FILE, VALUES_FILE, type PackFile, type PackFiles } from '../../pack/pack.ts';
import { readPackFiles, type ReadFiles } from '../../pack/read-files.ts';
import { defaultCacheDirectory } from '../../remote/cache-directory.ts';
import { openRepository } from '../../repo/repository.ts';
import type { BumpOptions, BumpPlan } from './bump-plan.ts';
import { leftMentions } from './left-mentions.ts';
import { newFindings } from './new-findings.ts';
import { replaceManifests } from './replace-manifests.ts';
import { directoryFor, findSource, freeVersion, sourcePacks, type SourcePack } from './source-pack.ts';
import { change, chartToReplace, readNewChart, swapChart, type ChartSwap, type NewChart } from './swap-chart.ts';
import { versionLike } from './version-like.ts';

/**
 * Computes the next version of a pack of the work tree; writes nothing. Rejects with `unknown-pack`, `no-version`,
 * `version-exists`, `output-unwritable` where something is in the way, `chart-invalid`, `usage`, and as
 * `openRegistryRepository` and `readChartPart` do.
 */
export async function planBump(options: BumpOptions): Promise<BumpPlan> {
  const cache = options.cache === false ? await temporaryCache() : openCache(options.cache ?? defaultCacheDirectory());
  try {
    const repository = await openRepository(options.repository ?? '.');
    if (repository.bare)
      throw new PackyardError({
        code: 'no-work-tree',
        message: `${repository.root} is a bare repository: there are no files in which a pack could be made.`,
        hint: 'Clone it, and run the command in the clone.',
      });
    const source = await openSource(repository, undefined, resolve('public'), cache);
    try {
      return await plan(source, cache, options);
    } finally {
      await source.snapshot.close();
    }
  } finally {
    await cache.dispose();
  }
}

async function plan(source: Source, cache: Cache, options: BumpOptions): Promise<BumpPlan> {
  const { snapshot, config } = source;
  const { root } = snapshot.repository;
  const packs = await sourcePacks(snapshot, (await findPacks(source, cache)).packs);
  const from = findSource(packs, options.pack, root);
  const read = await readPackFiles(snapshot.trees, snapshot.objects, from.tree);
  refuseUnreadable(from, read);
  const pack = await loadLintPack(read.files, read.findings, read.junk);
  options.signal?.throwIfAborted();
  const next = options.chart === undefined ? undefined : await readNewChart(options.chart, options.signal);
  const version = freeVersion(from.name, options.version ?? versionOf(pack, from, next), from.version, packs);
  const directory = targetOf(from, version, options, { root, packs, config });
  const inPlace = directory === from.directory;
  const target = isAbsolute(directory) ? directory : join(root, ...directory.split('/'));
  if (!inPlace && existsSync(target)) throw inTheWay(directory);
  const swap = await swapped(pack, join(root, ...from.directory.split('/')), next, options);
  const files = new Map(swap.files);
  replaceManifests(files, options.manifests ?? []);
  change(files, MANIFEST_FILE, (text) => replaceJsonValue(text, ['version'], version));
  if (!inPlace) await copyIgnoreFile(source, from, files);
  const after = await loadLintPack(files, read.findings, inPlace ? read.junk : []);
  return {
    name: from.name,
    version,
    from: { version: from.version, directory: from.directory },
    root,
    directory,
    inPlace,
    changes: inPlace ? changesBetween({ files: read.files, junk: [] }, { files, junk: [] }) : additions(files),
    ...('chart' in swap && { chart: swap.chart }),
    conflicts: swap.conflicts,
    unknown: swap.unknown,
    valuesDiff: valuesDiff(from.directory, directory, read.files, files),
    decisions: [
      ...swap.decisions,
      ...leftMentions(files, { from: from.version, ...('chart' in swap && { chart: swap.chart }) }),
    ],
    findings: await newFindings(pack, after, {
      config: config.check,
      directory,
      swap: 'chart' in swap ? swap.chart : undefined,
    }),
  };
}

/** What was not read would be missing from the new version. */
function refuseUnreadable({ directory }: SourcePack, { files, findings }: ReadFiles): void {
  const left = findings.find(({ rule }) =>
    ['file/too-many', 'file/pack-too-large', 'file/too-large', 'file/symlink', 'file/submodule'].includes(rule),
  );
  if (left === undefined && files.has(MANIFEST_FILE)) return;
  throw new PackyardError({
    code: 'usage',
    message: `${directory}${left === undefined || left.file === '' ? '' : `/${left.file}`} cannot become part of a new version (${left?.rule ?? 'unreadable'}).`,
    hint: `Run packyard check ${directory}, and mend what it says first.`,
  });
}

async function swapped(
  pack: LintPack,
  folder: string,
  next: NewChart | undefined,
  { conflicts, signal }: BumpOptions,
): Promise<ChartSwap | (Omit<ChartSwap, 'chart'> & { readonly chart?: never })> {
  if (next !== undefined) return swapChart(pack, folder, next, { prefer: conflicts, signal });
  return { files: pack.files, conflicts: [], unknown: [], decisions: [] };
}

/** As the old version follows the chart's, or that of the software in it; undefined for the next free one. */
function versionOf(pack: LintPack, { version }: SourcePack, next: NewChart | undefined): string | undefined {
  if (next === undefined) return undefined;
  const old = chartToReplace(pack, next);
  return versionLike(version, { old, next, alone: pack.charts.length === 1 });
}

function targetOf(
  from: SourcePack,
  version: string,
  { out }: BumpOptions,
  {
    root,
    packs,
    config,
  }: { readonly root: string; readonly packs: readonly SourcePack[]; readonly config: Source['config'] },
): string {
  if (out === undefined) return directoryFor(from, version, { packs, config });
  const path = resolve(out);
  const inside = relative(root, path);
  const isOutside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return isOutside ? path : inside.split(sep).join('/');
}

function inTheWay(directory: string): PackyardError {
  return new PackyardError({
    code: 'output-unwritable',
    message: `The new version was to be made in ${directory}, but something is there already. Nothing was written.`,
    hint: 'Move it out of the way, or name another folder with --out.',
  });
}

function additions(files: PackFiles): FileChange[] {
  return [...files.values()].map(({ path, executable, data }) => ({ path, kind: 'write', executable, data }));
}

/** It is no part of a release, yet decides what is. */
async function copyIgnoreFile({ snapshot }: Source, { tree }: SourcePack, files: Map<string, PackFile>): Promise<void> {
  const entry = await snapshot.trees.find(tree, IGNORE_FILE);
  if (entry === undefined || (entry.type !== 'file' && entry.type !== 'executable')) return;
  const { data } = await snapshot.objects.read(entry.oid, LIMITS.packignoreBytes);
  if (data !== undefined) files.set(IGNORE_FILE, { path: IGNORE_FILE, executable: false, data });
}

function valuesDiff(from: string, to: string, before: PackFiles, after: PackFiles): string {
  const [old, next] = [before, after].map((files) => files.get(VALUES_FILE)?.data.toString('utf8') ?? '') as [
    string,
    string,
  ];
  if (old === next) return '';
  const target = isAbsolute(to) ? to : `b/${to}`;
  return createTwoFilesPatch(`a/${from}/${VALUES_FILE}`, `${target}/${VALUES_FILE}`, old, next).replace(/^=+\n/u, '');
}

export type { BumpOptions, BumpPlan, SwappedChart, UnknownValue, ValueConflict } from './bump-plan.ts';
