import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, win32 } from 'node:path';

import { expect, test } from 'vitest';

import { trustedProgram } from '../../../src/contribute/push/trusted-program.ts';
import { requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';

test('a program is the first on PATH that can be run, and never one in the current folder', async () => {
  requirePosix('modes of files');
  const folder = await scratch();
  for (const [name, mode] of [
    ['a', 0o644],
    ['b', 0o755],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'gh'), '');
    chmodSync(join(folder, name, 'gh'), mode);
  }
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  expect(trustedProgram('gh', { PATH: `:.:bin:${folder}:${a}:${b}` })).toBe(join(b, 'gh'));
  expect(trustedProgram('gh', { PATH: `:.:${a}` })).toBe(join(a, 'gh'));
  expect(trustedProgram('gh', {})).toBe('/gh');
});

test('on Windows it is one that ends with .exe', () => {
  const isThere = (path: string): boolean => path.endsWith('gh.exe');
  const environment = { Path: String.raw`.;tools;C:\gh;D:\gh` };
  expect(trustedProgram('gh', environment, win32, isThere)).toBe(String.raw`C:\gh\gh.exe`);
});
