import { resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { openRepository, type Repository } from '../../repo/repository.ts';
import { defaultCacheDirectory } from '../../remote/cache-directory.ts';
import { openCache, temporaryCache, type Cache } from '../cache.ts';
import { ConfigError } from '../config-error.ts';
import { openSource, type Source } from '../open-source.ts';
import { baseCommit } from './base-commit.ts';
import type { DiffOptions } from './diff-options.ts';
import { diffSources } from './diff-sources.ts';
import type { RegistryDiff } from './registry-diff.ts';

/**
 * Says what a change does to the registry: what differs between where it left the base and its head. Prints nothing and
 * changes nothing. Rejects with `PackyardError` when it could not be done at all.
 */
export async function diff(options: DiffOptions = {}): Promise<RegistryDiff> {
  const cache = options.cache === false ? await temporaryCache() : openCache(options.cache ?? defaultCacheDirectory());
  try {
    const repository = await openRepository(options.repository ?? '.');
    if (options.head === undefined && repository.bare) throw bareError(repository);
    const source = await openSource(repository, options.head, resolve('public'), cache);
    try {
      const { snapshot } = source;
      const base = await baseCommit(repository, snapshot.objects, snapshot.commit, options.base);
      const before = await sourceThen(repository, base.oid, cache);
      try {
        return await diffSources({ source, base, before, cache, options });
      } finally {
        await before?.snapshot.close();
      }
    } finally {
      await source.snapshot.close();
    }
  } finally {
    await cache.dispose();
  }
}

/** Undefined where the configuration was broken then. */
async function sourceThen(repository: Repository, revision: string, cache: Cache): Promise<Source | undefined> {
  try {
    return await openSource(repository, revision, resolve('public'), cache);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function bareError({ root }: Repository): PackyardError {
  return new PackyardError({
    code: 'no-work-tree',
    message: `${root} is a bare repository: it has no work tree to compare.`,
    hint: 'Name both revisions: packyard diff main HEAD',
  });
}
