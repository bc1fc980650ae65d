import { resolve } from 'node:path';

import type { FileChange } from '../check/fix/file-changes.ts';
import { fixOf } from '../check/fix/fix-of.ts';
import { fixPack, type FixedPack } from '../check/fix/fix-pack.ts';
import { applyLevels } from '../check/levels.ts';
import { relocate, type Finding } from '../model/finding.ts';
import { readPackFiles } from '../pack/read-files.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import { openRepository } from '../repo/repository.ts';
import { defaultCacheDirectory } from '../remote/cache-directory.ts';
import { openCache, temporaryCache, type Cache } from './cache.ts';
import type { CheckOptions } from './check-options.ts';
import { earlierPacks } from './compare-packs.ts';
import { findPacks } from './find-packs.ts';
import { lintPacks } from './lint-packs.ts';
import { openSource, type Source } from './open-source.ts';
import { selectPacks } from './select-packs.ts';
import { applyChange, obstacle } from './work-tree-files.ts';

export interface FixOptions {
  /** Also what needs a second look. */
  readonly unsafe: boolean;
  /** Find out what would change, and change nothing. */
  readonly dryRun: boolean;
}

/** What was, or would be, changed. */
export interface FixResult {
  /** Paths from the root of the repository. */
  readonly changes: readonly FileChange[];
  /** What is repaired by that. */
  readonly fixed: readonly Finding[];
  /** Files that could not take their change, and why; nothing of their packs is changed. */
  readonly skipped: readonly SkippedFile[];
}

export interface SkippedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly reason: string;
}

/**
 * Repairs packs in the work tree, as far as that is possible without somebody who knows better. Files are replaced as a
 * whole; nothing is committed. Rejects with `no-work-tree`, and with `output-unwritable` when a file cannot be written.
 */
export async function fix(options: CheckOptions, how: FixOptions): Promise<FixResult> {
  const cache = options.cache === false ? await temporaryCache() : openCache(options.cache ?? defaultCacheDirectory());
  try {
    const repository = await openRepository(options.repository ?? '.');
    const source = await openSource(repository, undefined, resolve('public'), cache);
    try {
      const result = await plan(source, cache, options, how.unsafe);
      if (!how.dryRun) for (const change of result.changes) applyChange(source.snapshot.repository.root, change);
      return result;
    } finally {
      await source.snapshot.close();
    }
  } finally {
    await cache.dispose();
  }
}

async function plan(source: Source, cache: Cache, options: CheckOptions, unsafe: boolean): Promise<FixResult> {
  const { packs } = await findPacks(source, cache);
  const { since } = options;
  const earlier = since === undefined ? undefined : await earlierPacks(source, since, cache);
  const selected = await selectPacks(source, packs, options, earlier?.directories);
  const linted = await lintPacks(source.snapshot, selected, { cache });
  const repairable = selected.filter((_, index) => linted[index]?.findings.some((each) => fixOf(each) !== undefined));
  const changes: FileChange[] = [];
  const fixed: Finding[] = [];
  const skipped: SkippedFile[] = [];
  const { root } = source.snapshot.repository;
  const wanted = await wantedBy(source, options);
  for (const pack of repairable) {
    const result = await fixOne(source, pack, unsafe, wanted);
    const own = result.changes.map((change) => ({ ...change, path: `${pack.directory}/${change.path}` }));
    const inTheWay = own.flatMap((change) => {
      const reason = obstacle(root, change);
      return reason === undefined ? [] : [{ path: change.path, reason }];
    });
    skipped.push(...inTheWay);
    if (inTheWay.length > 0) continue;
    changes.push(...own);
    fixed.push(...result.fixed.map((finding) => relocate(finding, pack.directory)));
  }
  return { changes, fixed, skipped };
}

type Wanted = (finding: Finding) => boolean;

/** What nobody wants to hear of is left as it is, and so is what Git would not notice. */
async function wantedBy({ snapshot, config }: Source, { preset }: CheckOptions): Promise<Wanted> {
  const levels = { ...config.check, ...(preset !== undefined && { extends: preset }) };
  const fileMode = await snapshot.repository
    .git(['config', '--type=bool', '--get', 'core.fileMode'])
    .catch(() => 'true');
  const modes = fileMode.trim() !== 'false';
  return (finding) => (modes || finding.rule !== 'file/executable') && applyLevels([finding], levels).length > 0;
}

async function fixOne(
  { snapshot }: Source,
  { directory, tree }: PackDirectory,
  unsafe: boolean,
  wanted: Wanted,
): Promise<FixedPack> {
  const { files, junk } = await readPackFiles(snapshot.trees, snapshot.objects, tree);
  return fixPack({ files, junk }, { unsafe, wanted: (finding) => wanted(relocate(finding, directory)) });
}
