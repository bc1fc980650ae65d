import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import type { FileChange } from '../check/fix/file-changes.ts';
import { fixOf } from '../check/fix/fix-of.ts';
import { fixPack } from '../check/fix/fix-pack.ts';
import { applyLevels } from '../check/levels.ts';
import { PackyardError, systemCode } from '../errors.ts';
import { relocate, type Finding } from '../model/finding.ts';
import { readPackFiles } from '../pack/read-files.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import { openRepository } from '../repo/repository.ts';
import { defaultCacheDirectory } from './cache-directory.ts';
import { openCache, temporaryCache, type Cache } from './cache.ts';
import type { CheckOptions } from './check-options.ts';
import { earlierPacks } from './compare-packs.ts';
import { findPacks } from './find-packs.ts';
import { lintPacks } from './lint-packs.ts';
import { openSource, type Source } from './open-source.ts';
import { selectPacks } from './select-packs.ts';

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
      if (!how.dryRun) for (const change of result.changes) apply(source.snapshot.repository.root, change);
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
  for (const pack of repairable) {
    const result = await fixOne(source, pack, options, unsafe);
    changes.push(...result.changes.map((change) => ({ ...change, path: `${pack.directory}/${change.path}` })));
    fixed.push(...result.fixed.map((finding) => relocate(finding, pack.directory)));
  }
  return { changes, fixed };
}

async function fixOne(
  { snapshot, config }: Source,
  { directory, tree }: PackDirectory,
  { preset }: CheckOptions,
  unsafe: boolean,
): Promise<FixResult> {
  const levels = { ...config.check, ...(preset !== undefined && { extends: preset }) };
  const { files, junk } = await readPackFiles(snapshot.trees, snapshot.objects, tree);
  // What nobody wants to hear of is left as it is.
  const wanted = (finding: Finding): boolean => applyLevels([relocate(finding, directory)], levels).length > 0;
  return fixPack({ files, junk }, { unsafe, wanted });
}

function apply(root: string, { path, data, executable }: FileChange): void {
  const target = join(root, path);
  try {
    if (data === undefined) {
      rmSync(target, { force: true });
      return;
    }
    mkdirSync(dirname(target), { recursive: true });
    const staged = `${target}.packyard.tmp`;
    rmSync(staged, { force: true });
    writeFileSync(staged, data, { flag: 'wx' });
    chmodSync(staged, executable ? 0o755 : 0o644);
    renameSync(staged, target);
  } catch (error) {
    throw new PackyardError({
      code: 'output-unwritable',
      message: `${target} cannot be written (${systemCode(error) ?? 'unknown error'}).`,
      hint: 'Look at the rights of the file and its folder; what was repaired before stays repaired.',
      cause: error,
    });
  }
}
