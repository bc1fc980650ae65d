import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import { homeDirectory, settingsDirectory } from '../../../src/client/settings/settings-directory.ts';

describe('where settings are', () => {
  const HOME = '/home/me';
  test.each([
    [{ HOME, PACKYARD_CONFIG_DIR: 'own' }, 'linux', resolve('own')],
    [{ HOME }, 'linux', join(HOME, '.config', 'packyard')],
    [{ HOME, PACKYARD_CONFIG_DIR: '', XDG_CONFIG_HOME: '' }, 'linux', join(HOME, '.config', 'packyard')],
    [{ HOME, XDG_CONFIG_HOME: '/xdg' }, 'linux', join('/xdg', 'packyard')],
    [{ HOME }, 'darwin', join(HOME, 'Library', 'Application Support', 'packyard')],
    [{ APPDATA: 'roaming' }, 'win32', join('roaming', 'packyard')],
    [{ USERPROFILE: 'me' }, 'win32', join('me', '.config', 'packyard')],
  ] as const)('%j on %s', (environment, platform, expected) => {
    expect(settingsDirectory(environment, platform)).toBe(expected);
  });

  test('without variables, the system knows the home', () => {
    expect(homeDirectory({})).toBe(homedir());
  });
});
