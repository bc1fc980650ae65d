import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { systemCode } from '../../src/errors.ts';
import { makeFolder } from '../../src/remote/make-folder.ts';
import { POSIX } from '../helpers/sandbox.ts';
import { scratch } from '../helpers/scratch.ts';

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return systemCode(error);
  }
}

test('folders are made, and the outermost is told', async () => {
  const folder = await scratch();
  expect(makeFolder(join(folder, 'a', 'b', 'c'))).toBe(join(folder, 'a'));
  expect(makeFolder(join(folder, 'a', 'b', 'd'))).toBe(join(folder, 'a', 'b', 'd'));
  expect(makeFolder(join(folder, 'a', 'b', 'd'))).toBeUndefined();
  expect(makeFolder('/')).toBeUndefined();
  makeFolder(join(folder, 'own', 'inner'), { mode: 0o700 });
  if (POSIX) expect(statSync(join(folder, 'own', 'inner')).mode & 0o777).toBe(0o700);
});

test('what stands in the way is said', async () => {
  const folder = await scratch();
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
  symlinkSync(folder, join(folder, 'link'));
  expect(codeOf(() => makeFolder(join(folder, 'file')))).toBe('EEXIST');
  expect(codeOf(() => makeFolder(join(folder, 'file', 'below')))).toBe('ENOTDIR');
  expect(codeOf(() => makeFolder(join(folder, 'dangling', 'below')))).toBe('EEXIST');
  expect(makeFolder(join(folder, 'link'))).toBeUndefined();
});

// Node's own does not return from this.
test.skipIf(!existsSync('/proc/self'))('a system that makes no folders is no trap', () => {
  expect(codeOf(() => makeFolder('/proc/packyard'))).toBe('ENOENT');
  expect(codeOf(() => makeFolder('/proc/packyard/a/b'))).toBe('ENOENT');
});
