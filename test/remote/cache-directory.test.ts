import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, test } from 'vitest';

import { defaultCacheDirectory } from '../../src/remote/cache-directory.ts';

const home = homedir();

test.each<[environment: NodeJS.ProcessEnv, platform: NodeJS.Platform, expected: string]>([
  [{ PACKYARD_CACHE_DIR: '/own', XDG_CACHE_HOME: '/xdg' }, 'linux', resolve('/own')],
  [{ PACKYARD_CACHE_DIR: 'relative' }, 'darwin', resolve('relative')],
  [{ PACKYARD_CACHE_DIR: '', XDG_CACHE_HOME: '/xdg' }, 'linux', join('/xdg', 'packyard')],
  [{ XDG_CACHE_HOME: '' }, 'linux', join(home, '.cache', 'packyard')],
  [{}, 'freebsd', join(home, '.cache', 'packyard')],
  [{ XDG_CACHE_HOME: '/xdg' }, 'darwin', join(home, 'Library', 'Caches', 'packyard')],
  [{ LOCALAPPDATA: '/local' }, 'win32', join('/local', 'packyard', 'cache')],
  [{}, 'win32', join(home, '.cache', 'packyard')],
  [{ LOCALAPPDATA: '/local' }, 'linux', join(home, '.cache', 'packyard')],
])('%j on %s', (environment, platform, expected) => {
  expect(defaultCacheDirectory(environment, platform)).toBe(expected);
});
