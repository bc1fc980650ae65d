import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { heldBytes } from '../../src/remote/held-bytes.ts';
import { readSmallFile } from '../../src/remote/read-small-file.ts';
import { scratch } from '../helpers/scratch.ts';

test('a plain file, also behind a link, and none that is larger than it may be', async () => {
  const folder = await scratch();
  const file = join(folder, 'file');
  writeFileSync(file, 'twelve bytes');
  symlinkSync(file, join(folder, 'link'));
  expect(String(await readSmallFile(file, 12))).toBe('twelve bytes');
  expect(String(await readSmallFile(join(folder, 'link'), 12))).toBe('twelve bytes');
  expect(await readSmallFile(file, 11)).toBe('too-large');
  expect(String(await heldBytes(file))).toBe('twelve bytes');
});

test.skipIf(process.platform === 'win32')('a device or a pipe is not read, and nobody waits for it', async () => {
  const pipe = join(await scratch(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  for (const path of [pipe, '/dev/zero']) {
    expect(await readSmallFile(path, 10)).toBe('special');
    expect(await heldBytes(path)).toBeUndefined();
  }
});

test('what is not there, and a folder, are nothing that is held', async () => {
  const folder = join(await scratch(), 'folder');
  await expect(readSmallFile(folder, 10)).rejects.toHaveProperty('code', 'ENOENT');
  mkdirSync(folder);
  await expect(readSmallFile(folder, 10)).rejects.toHaveProperty('code', 'EISDIR');
  expect(await heldBytes(folder)).toBeUndefined();
  expect(await heldBytes(join(folder, 'nothing'))).toBeUndefined();
});
