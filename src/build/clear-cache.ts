import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { LAYOUT } from './cache.ts';

/**
 * Removes what builds keep below a cache directory, and the folders that are named, and nothing else that may lie there.
 * Whoever runs meanwhile makes again what it misses.
 */
export async function clearCache(
  directory: string,
  others: readonly string[] = [],
): Promise<{ readonly directory: string; readonly bytes: number }> {
  const own = [LAYOUT, ...others].map((folder) => join(directory, folder));
  const sizes = await Promise.all(own.map(sizeOf));
  await Promise.all(own.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
  return { directory, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries.map((entry) =>
    entry.isFile() ? lstat(join(entry.parentPath, entry.name)).then(({ size }) => size) : 0,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
