import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { readFolderFile } from '../../../src/contribute/init/folder-file.ts';
import { requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';

test('a file is read, and what is not there is nothing', async () => {
  const root = await scratch();
  mkdirSync(join(root, 'a'));
  writeFileSync(join(root, 'a/b'), 'text');
  expect((await readFolderFile(root, 'a/b', 10))?.toString()).toBe('text');
  expect(await readFolderFile(root, 'a/c', 10)).toBeUndefined();
  expect(await readFolderFile(root, 'a/b/c', 10)).toBeUndefined();
});

test('what is too large is not read', async () => {
  const root = await scratch();
  writeFileSync(join(root, 'a'), 'text');
  await expect(readFolderFile(root, 'a', 3)).rejects.toMatchObject({
    code: 'file-too-large',
    message: `${join(root, 'a')} has more than 3 bytes, which is the most that is read.`,
    hint: 'Look at what is in it.',
  });
});

test('a folder, and a name that no file can have, are refused', async () => {
  const root = await scratch();
  mkdirSync(join(root, 'a'));
  const hint = 'Move it out of the way, or look at its rights, and run the command again.';
  const refused = async (path: string, what: string): Promise<void> =>
    expect(readFolderFile(root, path, 10)).rejects.toMatchObject({
      code: 'usage',
      message: `${join(root, path)} ${what}. Nothing was written.`,
      hint,
    });
  await refused('a', 'is no regular file');
  requirePosix('links');
  symlinkSync(join(root, 'none'), join(root, 'link'));
  await refused('link', 'is no regular file');
  await refused('x'.repeat(300), 'cannot be read (ENAMETOOLONG)');
});
