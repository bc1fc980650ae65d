import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { makeTemporaryFolder, removeTemporaryFolder } from '../../src/repo/temporary-folder.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { scratch } from '../helpers/scratch.ts';

const LONG_AGO = 1e9;

async function temporary(): Promise<string> {
  const folder = await scratch();
  withEnvironment({ TMPDIR: folder, TEMP: folder, TMP: folder });
  return folder;
}

/** The number of a process that has ended. */
function ended(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('is a folder of its own until it is removed, and nothing listens after that', async () => {
  const folder = await temporary();
  const listeners = process.listenerCount('exit');
  const [a, b] = await Promise.all([makeTemporaryFolder('tree'), makeTemporaryFolder('cache')]);
  expect(process.listenerCount('exit')).toBe(listeners + 1);
  writeFileSync(join(a, 'file'), '');
  await removeTemporaryFolder(a);
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([b]);
  await removeTemporaryFolder(b);
  expect(readdirSync(folder)).toEqual([]);
  expect(process.listenerCount('exit')).toBe(listeners);
});

test.each<[string, (pid: number) => string, number, boolean]>([
  ['of a process that is gone, long ago', (pid) => `packyard-tree-${pid}-abc`, LONG_AGO, false],
  ['of a process with the number of this one, long ago', () => `packyard-cache-${process.pid}-abc`, LONG_AGO, false],
  ['of a process that is gone, just now', (pid) => `packyard-tree-${pid}-abc`, Date.now() / 1000, true],
  ['of a process that runs', () => `packyard-tree-${process.ppid}-abc`, LONG_AGO, true],
  ['of somebody else', (pid) => `packyard-test-${pid}-abc`, LONG_AGO, true],
  ['without an owner', () => 'packyard-tree-abc', LONG_AGO, true],
])('what was left by a command stays or goes: %s', async (_name, nameFor, seconds, stays) => {
  const left = join(await temporary(), nameFor(ended()));
  mkdirSync(join(left, 'objects'), { recursive: true });
  writeFileSync(join(left, 'objects/file'), '');
  utimesSync(left, seconds, seconds);
  await removeTemporaryFolder(await makeTemporaryFolder('tree'));
  expect(existsSync(left)).toBe(stays);
});

test('a link with such a name is not followed', async () => {
  const [folder, elsewhere] = [await temporary(), await scratch()];
  writeFileSync(join(elsewhere, 'file'), '');
  utimesSync(elsewhere, LONG_AGO, LONG_AGO);
  symlinkSync(elsewhere, join(folder, `packyard-tree-${ended()}-abc`));
  await removeTemporaryFolder(await makeTemporaryFolder('tree'));
  expect(readdirSync(elsewhere)).toEqual(['file']);
});
