import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where builds keep what they made: `PACKYARD_CACHE_DIR`, else the platform's folder for caches.
 * Source: XDG Base Directory Specification 0.8.
 */
export function defaultCacheDirectory(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const { PACKYARD_CACHE_DIR: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (own !== undefined && own !== '') return resolve(own);
  if (platform === 'win32' && local !== undefined && local !== '') return join(local, 'packyard', 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'packyard');
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'packyard');
}
