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
import { compareVersions } from '../../model/version.ts';
import { defaultCacheDirectory } from '../../remote/cache-directory.ts';
import { openRepository } from '../../repo/repository.ts';
import type { Decision } from '../draft-part.ts';
import { placeDecisions } from '../new/place-decisions.ts';
import type { BumpOptions, BumpPlan } from './bump-plan.ts';
import { changeText } from './change-text.ts';
import { leftMentions } from './left-mentions.ts';
import { newFindings } from './new-findings.ts';
import { placedRemarks } from './placed-values.ts';
import { requireCommitted } from './require-committed.ts';
import { replaceManifests } from './replace-manifests.ts';
import { directoryFor, findSource, freeVersion, sourcePacks, type SourcePack } from './source-pack.ts';
import { chartToReplace, readNewChart, type NewChart } from './swap-chart.ts';
import { swapCharts } from './swap-charts.ts';
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
    const source = await openSource(repository, undefined, resolve('public'), cache).catch(aboutBumps);
    try {
      return await plan(source, cache, options);
    } finally {
      await source.snapshot.close();
    }
  } finally {
    await cache.dispose();
  }
}

/** Other commands build. */
function aboutBumps(error: unknown): never {
  if (!(error instanceof PackyardError) || error.code !== 'no-commit') throw error;
  const { code, message } = error;
  const hint = 'A version that others follow is in a commit: `git add .`, `git commit`, and then make the next one.';
  throw new PackyardError({ code, message, hint, cause: error });
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
  const nexts = await readNewCharts(options);
  const version = freeVersion(from.name, options.version ?? versionOf(pack, from, nexts), from.version, packs);
  const directory = targetOf(from, version, options, { root, packs, config });
  const inPlace = directory === from.directory;
  const target = isAbsolute(directory) ? directory : join(root, ...directory.split('/'));
  if (!inPlace && existsSync(target)) throw inTheWay(directory);
  const around = options.out === undefined ? undefined : packs.find((each) => isInPack(each, directory));
  if (around !== undefined) throw insideOf(around, directory);
  const { conflicts: prefer, signal } = options;
  const swaps = await swapCharts(pack, join(root, ...from.directory.split('/')), nexts, { prefer, signal });
  const files = new Map(swaps.files);
  await replaceManifests(files, options.manifests ?? []);
  changeText(files, MANIFEST_FILE, (text) => replaceJsonValue(text, ['version'], version));
  if (!inPlace) await copyIgnoreFile(source, from, files);
  const after = await loadLintPack(files, read.findings, inPlace ? read.junk : []);
  const changes = inPlace ? changesBetween({ files: read.files, junk: [] }, { files, junk: [] }) : additions(files);
  if (inPlace) await requireCommitted(snapshot.repository, directory, changes);
  const placed =
    options.out === undefined || isAbsolute(directory)
      ? []
      : await placeDecisions({ root, config }, directory, changes);
  const { charts } = swaps;
  const { conflicts, unknown, decisions } = placedRemarks(swaps, files);
  return {
    name: from.name,
    version,
    from: { version: from.version, directory: from.directory },
    root,
    directory,
    inPlace,
    changes,
    charts,
    conflicts,
    unknown,
    valuesDiff: valuesDiff(from.directory, directory, read.files, files),
    decisions: [
      ...placed,
      ...swaps.decisions,
      ...decisions,
      ...lowerVersion(from.version, version),
      ...leftMentions(files, { from: from.version, charts }),
    ],
    findings: await newFindings(pack, after, { config: config.check, directory, charts }),
  };
}

/** Right for an older train, and a slip anywhere else. */
function lowerVersion(from: string, version: string): Decision[] {
  if (compareVersions(version, from) > 0) return [];
  return [
    {
      file: MANIFEST_FILE,
      text: `${version} is no higher than ${from}, of which it was made: see whether that is meant.`,
    },
  ];
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

async function readNewCharts({ charts = [], signal }: BumpOptions): Promise<NewChart[]> {
  const nexts: NewChart[] = [];
  for (const source of charts) nexts.push(await readNewChart(source, signal));
  return nexts;
}

/** As the old version follows the chart's, or that of the software in it; undefined for the next free one. */
function versionOf(pack: LintPack, { version }: SourcePack, nexts: readonly NewChart[]): string | undefined {
  const alone = pack.charts.length === 1;
  const found = nexts.map((next) => versionLike(version, { old: chartToReplace(pack, next), next, alone }));
  return found.find((each) => each !== undefined);
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

function isInPack({ directory: pack }: SourcePack, directory: string): boolean {
  return pack !== '' && pack !== '.' && directory.startsWith(`${pack}/`);
}

function insideOf(pack: SourcePack, directory: string): PackyardError {
  return new PackyardError({
    code: 'output-unwritable',
    message: `The new version cannot be made in ${directory}: it would be part of ${pack.name} ${pack.version}.`,
    hint: 'Name a folder with --out that lies in no pack.',
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
