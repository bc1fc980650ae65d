import { resolve } from 'node:path';

import { openRepository } from '../repo/repository.ts';
import { defaultCacheDirectory } from '../remote/cache-directory.ts';
import { openCache, temporaryCache } from './cache.ts';
import type { CheckOptions } from './check-options.ts';
import type { CheckResult } from './check-source.ts';
import { openSource } from './open-source.ts';

/**
 * Checks the packs of a repository. Prints nothing and changes nothing. Rejects with `PackyardError` when it could not
 * be done at all.
 */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const cache = options.cache === false ? await temporaryCache() : openCache(options.cache ?? defaultCacheDirectory());
  // Loaded while Git looks around.
  const rest = import('./check-source.ts');
  rest.catch(() => undefined);
  try {
    const repository = await openRepository(options.repository ?? '.');
    const source = await openSource(repository, options.revision, resolve('public'), cache);
    try {
      const { checkSource } = await rest;
      return await checkSource(source, cache, options);
    } finally {
      await source.snapshot.close();
    }
  } finally {
    await cache.dispose();
  }
}
