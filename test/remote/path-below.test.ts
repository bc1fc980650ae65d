import { posix, win32 } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isInside, pathBelow } from '../../src/remote/path-below.ts';

describe('pathBelow on Windows', () => {
  test.each([
    ['C:\\repo', 'C:\\repo', ''],
    ['C:\\repo', 'C:\\repo\\packs\\nginx', 'packs/nginx'],
    ['C:\\repo', 'c:\\REPO\\packs', 'packs'],
    ['C:\\repo\\', 'C:/repo/packs/', 'packs'],
    ['C:\\', 'C:\\packs', 'packs'],
    ['C:\\repo', 'C:\\repo\\..packs', '..packs'],
    ['\\\\server\\share', '\\\\server\\share\\packs', 'packs'],
    ['C:\\repo', 'C:\\repository', undefined],
    ['C:\\repo', 'C:\\', undefined],
    ['C:\\repo', 'C:\\other\\repo', undefined],
    ['C:\\repo', 'D:\\repo\\packs', undefined],
    ['C:\\repo', '\\\\server\\share\\repo', undefined],
    ['\\\\server\\share', '\\\\server\\other\\packs', undefined],
  ])('from %s to %s', (folder, path, way) => {
    expect(pathBelow(folder, path, win32)).toBe(way);
  });
});

describe('pathBelow elsewhere', () => {
  test.each([
    ['/repo', '/repo', ''],
    ['/repo', '/repo/packs/nginx', 'packs/nginx'],
    ['/', '/packs', 'packs'],
    ['/repo', '/repo/a\\b', 'a\\b'],
    ['/repo', '/repo/..packs', '..packs'],
    ['/repo', '/Repo/packs', undefined],
    ['/repo', '/repository', undefined],
    ['/repo', '/', undefined],
  ])('from %s to %s', (folder, path, way) => {
    expect(pathBelow(folder, path, posix)).toBe(way);
  });
});

const name = fc.stringMatching(/^[A-Za-z0-9_ .-]{0,6}[A-Za-z0-9_-]$/u);

test.each([
  ['Windows', win32, 'C:\\'],
  ['Windows, of another machine', win32, '\\\\server\\share\\'],
  ['other systems', posix, '/'],
])('a path of a pack comes back as it was: %s', (_, system, top) => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 4 }), fc.array(name, { maxLength: 5 }), (above, names) => {
      const folder = system.join(top, ...above);
      const path = names.join('/');
      const full = system.join(folder, ...path.split('/'));
      expect(pathBelow(folder, full, system)).toBe(path);
      expect(isInside(folder, full, system)).toBe(true);
      expect(isInside(full, folder, system)).toBe(names.length === 0);
    }),
  );
});
