import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { linkStats } from '../../src/remote/link-stats.ts';
import { scratch } from '../helpers/scratch.ts';

test('files and folders are told, and that nothing is there, below a file too', async () => {
  const folder = await scratch();
  writeFileSync(join(folder, 'file'), '12');
  expect(linkStats(folder)?.isDirectory()).toBe(true);
  expect(linkStats(join(folder, 'file'))?.size).toBe(2);
  expect(linkStats(join(folder, 'none'))).toBeUndefined();
  expect(linkStats(join(folder, 'file/none'))).toBeUndefined();
});

test.skipIf(process.platform === 'win32')('no link is followed, and what the system refuses is thrown', async () => {
  const link = join(await scratch(), 'link');
  symlinkSync('nowhere', link);
  expect(linkStats(link)?.isSymbolicLink()).toBe(true);
  expect(() => linkStats(join(link, 'a'.repeat(5000)))).toThrow(/ENAMETOOLONG/u);
});
