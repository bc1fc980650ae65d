import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';

import { expect, test } from 'vitest';

import { removeAbandoned, StagingFolder } from '../../../src/client/unpack/staging-folder.ts';
import { scratch } from '../../helpers/scratch.ts';

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

/** What the run of another process has left, with what it had taken away. */
function left(parent: string, name: string, old?: string): string {
  const path = join(parent, name);
  mkdirSync(join(path, 'new', 'charts'), { recursive: true });
  writeFileSync(join(path, 'new', 'pack.json'), 'half');
  if (old !== undefined) {
    mkdirSync(join(path, 'old', old), { recursive: true });
    writeFileSync(join(path, 'old', old, 'mine'), 'mine');
  }
  return path;
}

/** The part of a name that stands for this machine. */
async function hostKey(parent: string): Promise<string> {
  const own = new StagingFolder(parent);
  await own.remove();
  return basename(own.path).split('-')[1] ?? '';
}

const RANDOM = '0123456789ab';

test('what killed runs have left goes, and what they had taken away comes back', async () => {
  const parent = await scratch();
  const host = await hostKey(parent);
  left(parent, `.packyard-${host}-${endedProcess()}-${RANDOM}`, 'demo');
  left(parent, `.packyard-${host}-${endedProcess()}-${RANDOM.slice(1)}c`, 'other');
  mkdirSync(join(parent, 'other'));
  removeAbandoned(parent);
  expect(readdirSync(parent).filter((name) => !name.startsWith('.packyard-'))).toEqual(['demo', 'other']);
  expect(readFileSync(join(parent, 'demo', 'mine'), 'utf8')).toBe('mine');
  expect(readdirSync(join(parent, 'other'))).toEqual([]);
  expect(readdirSync(parent)).toHaveLength(2);
});

test('what came into a folder that was empty is not lost', async () => {
  const parent = await scratch();
  const target = join(parent, 'demo');
  mkdirSync(target);
  const staging = new StagingFolder(parent);
  writeFileSync(join(staging.fresh, 'pack.json'), '{}');
  writeFileSync(join(target, 'mine'), 'mine');
  expect(() => staging.fill(target)).toThrow(/ENOTEMPTY|EEXIST/u);
  expect(readdirSync(target)).toEqual(['mine']);
  renameSync(join(target, 'mine'), join(parent, 'mine'));
  staging.fill(target);
  expect(readdirSync(target)).toEqual(['pack.json']);
  await staging.remove();
  expect(readdirSync(parent)).toEqual(['demo', 'mine']);
});

test('what may be in use stays, for a day', async () => {
  const parent = await scratch();
  const host = await hostKey(parent);
  const kept = [
    left(parent, `.packyard-${host}-${process.ppid}-${RANDOM}`),
    left(parent, `.packyard-${host}-${process.pid}-${RANDOM}`),
    left(parent, `.packyard-00000000-${endedProcess()}-${RANDOM}`),
  ];
  const own = new StagingFolder(parent);
  removeAbandoned(parent);
  expect(kept.map((path) => existsSync(path))).toEqual([true, true, true]);
  expect(existsSync(own.fresh)).toBe(true);
  const past = Date.now() / 1000 - 2 * 86_400;
  for (const path of [...kept, own.path]) utimesSync(path, past, past);
  removeAbandoned(parent);
  expect(kept.map((path) => existsSync(path))).toEqual([false, false, false]);
  expect(existsSync(own.fresh)).toBe(true);
  await own.remove();
  expect(readdirSync(parent)).toEqual([]);
});

test('what an earlier process of the same number has left goes', async () => {
  const parent = await scratch();
  const path = left(parent, `.packyard-${await hostKey(parent)}-${process.pid}-${RANDOM}`);
  const before = Date.now() / 1000 - process.uptime() - 120;
  utimesSync(path, before, before);
  removeAbandoned(parent);
  expect(existsSync(path)).toBe(false);
});

test('what others have made stays: links, files, and names that are only similar', async () => {
  const parent = await scratch();
  const host = await hostKey(parent);
  mkdirSync(join(parent, 'mine'));
  writeFileSync(join(parent, 'mine', 'file'), '');
  symlinkSync('mine', join(parent, `.packyard-${host}-${endedProcess()}-${RANDOM}`));
  writeFileSync(join(parent, `.packyard-${host}-${endedProcess()}-${RANDOM.slice(1)}c`), '');
  for (const name of ['.packyard-cache', '.packyard', `.packyard-${host}-1-x`, `.packyard-${host}-0-${RANDOM}`]) {
    mkdirSync(join(parent, name));
  }
  const before = readdirSync(parent);
  removeAbandoned(parent);
  expect(readdirSync(parent)).toEqual(before);
  expect(readdirSync(join(parent, 'mine'))).toEqual(['file']);
});

test('a folder that cannot be replaced is put back', async () => {
  const parent = await scratch();
  const target = join(parent, 'demo');
  mkdirSync(target);
  writeFileSync(join(target, 'mine'), 'mine');
  const staging = new StagingFolder(parent);
  // As if somebody had removed it.
  renameSync(staging.fresh, join(parent, 'gone'));
  expect(() => staging.replace(target)).toThrow(/ENOENT/u);
  expect(readFileSync(join(target, 'mine'), 'utf8')).toBe('mine');
  await staging.remove();
  expect(readdirSync(parent)).toEqual(['demo', 'gone']);
});
