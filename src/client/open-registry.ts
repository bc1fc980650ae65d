import type { ClientCache } from './cache/client-cache.ts';
import { memoryCache } from './cache/memory-cache.ts';
import type { OpenRegistryOptions } from './open-registry-options.ts';
import { OpenedRegistry } from './opened-registry.ts';
import { openPlaces } from './places.ts';
import { IN_BROWSER } from '../remote/in-browser.ts';

/**
 * Opens the registry in a directory, or at a `file:` or HTTP(S) URL. Nothing is asked of a host before it is needed.
 * Rejects with `usage` when the location is neither, and with `registry-not-found` where there is no such directory.
 */
export async function openRegistry(location: string, options: OpenRegistryOptions = {}): Promise<OpenedRegistry> {
  const [cache, places] = await Promise.all([openCache(options), openPlaces(location, options)]);
  return new OpenedRegistry(places, cache, { location, options });
}

async function openCache({ cache }: OpenRegistryOptions): Promise<ClientCache> {
  if (cache === false || IN_BROWSER) return memoryCache();
  const { openDiskCache } = await import('./cache/open-disk-cache.ts');
  return openDiskCache(cache);
}
