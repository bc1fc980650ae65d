import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { openCache, type Cache } from '../../src/build/cache.ts';
import { findPacks } from '../../src/build/find-packs.ts';
import { openSource, type Source } from '../../src/build/open-source.ts';
import type { PackDirectory } from '../../src/repo/pack-directories.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { scratch } from './scratch.ts';

/** What a build reads first, until the test ends. */
export interface OpenedSource {
  readonly source: Source;
  readonly cache: Cache;
  readonly packs: readonly PackDirectory[];
}

/** Opens a repository as a build of a revision does, or of the work tree where none is named. */
export async function sourceOf(path: string, revision?: string, cacheDirectory?: string): Promise<OpenedSource> {
  const cache = openCache(cacheDirectory ?? (await scratch()));
  const source = await openSource(await openRepository(path), revision, join(await scratch(), 'public'), cache);
  onTestFinished(() => source.snapshot.close());
  return { source, cache, packs: (await findPacks(source, cache)).packs };
}
