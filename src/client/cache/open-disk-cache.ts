import { join } from 'node:path';

import { defaultCacheDirectory } from '../../remote/cache-directory.ts';
import type { ClientCache } from './client-cache.ts';
import { CLIENT_FOLDER } from './client-folder.ts';
import { diskCache } from './disk-cache.ts';

/** The cache of clients below a folder; unless told, where the platform keeps caches. */
export function openDiskCache(folder: string = defaultCacheDirectory()): ClientCache {
  return diskCache(join(folder, CLIENT_FOLDER));
}
