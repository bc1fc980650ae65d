import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import { LAYOUT } from './cache.ts';

/**
 * Removes what builds keep below a cache directory, and the folders that are named, and nothing else that may lie there.
 * Whoever runs meanwhile makes again what it misses. Rejects with `cache-unusable` where something cannot be removed.
 */
export async function clearCache(
  directory: string,
  others: readonly string[] = [],
): Promise<{ readonly directory: string; readonly bytes: number }> {
  const own = [LAYOUT, ...others].map((folder) => join(directory, folder));
  const sizes = await Promise.all(own.map(sizeOf));
  // All of them have ended before a failure is told.
  const ends = await Promise.allSettled(
    own.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })),
  );
  for (const end of ends) if (end.status === 'rejected') throw unremovable(directory, end.reason);
  return { directory, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries.map((entry) => (entry.isFile() ? bytesOf(join(entry.parentPath, entry.name)) : 0));
  return (await Promise.all(sizes)).reduce<number>((sum, size) => sum + size, 0);
}

/** What went meanwhile was removed by somebody else. */
async function bytesOf(file: string): Promise<number> {
  const stats = await lstat(file).catch(() => undefined);
  return stats?.size ?? 0;
}

function unremovable(directory: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  return new PackyardError({
    code: 'cache-unusable',
    message: `Not all of the cache in ${directory} was removed (${code}).`,
    hint: 'Check who owns it and its permissions, and that PACKYARD_CACHE_DIR names the right folder; then run it again.',
    cause: error,
  });
}
