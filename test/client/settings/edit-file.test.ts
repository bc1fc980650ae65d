import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { editFile } from '../../../src/client/settings/edit-file.ts';
import { readUserSettings } from '../../../src/client/settings/user-settings.ts';
import { MAIN } from '../../helpers/cli.ts';
import { requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';
import { settingsHome } from '../../helpers/settings-home.ts';

function append(file: string, line: string): Promise<void> {
  const edit = async (target: string): Promise<string> =>
    `${existsSync(target) ? readFileSync(target, 'utf8') : ''}${line}\n`;
  return editFile(file, edit, 0o600);
}

test('many edits at once lose none', async () => {
  const folder = await scratch();
  const file = join(folder, 'file');
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  await Promise.all(lines.map((line) => append(file, line)));
  expect(new Set(readFileSync(file, 'utf8').trim().split('\n'))).toEqual(new Set(lines));
  expect(readdirSync(folder)).toEqual(['file']);
});

test('nor do those of several processes', async () => {
  const home = await settingsHome();
  const added = Array.from({ length: 8 }, (_, index) => {
    const args = [MAIN, 'registry', 'add', `r${index}`, `https://r${index}.example/`];
    const child = spawn(process.execPath, args, { env: home.environment, cwd: home.cwd, stdio: 'ignore' });
    return new Promise<number | null>((resolve) => child.on('close', resolve));
  });
  expect(new Set(await Promise.all(added))).toEqual(new Set([0]));
  const { registries } = await readUserSettings(home.folder);
  expect([...registries.keys()].toSorted()).toEqual(added.map((_, index) => `r${index}`));
});

test('the lock of a dead process is in nobody’s way', async () => {
  const folder = await scratch();
  const file = join(folder, 'file');
  writeFileSync(`${file}.lock`, 'dead');
  utimesSync(`${file}.lock`, 1, 1);
  await Promise.all(['a', 'b', 'c'].map((line) => append(file, line)));
  expect(readFileSync(file, 'utf8').trim().split('\n').toSorted()).toEqual(['a', 'b', 'c']);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('a file keeps its mode, and one whose edit fails is as it was', async () => {
  requirePosix('modes');
  const folder = await scratch();
  const file = join(folder, 'file');
  writeFileSync(file, 'a\n');
  chmodSync(file, 0o640);
  await append(file, 'b');
  expect(statSync(file).mode & 0o777).toBe(0o640);
  await expect(editFile(file, () => Promise.reject(new Error('no')), 0o600)).rejects.toThrow('no');
  await editFile(file, async () => undefined, 0o600);
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['a\nb\n', ['file']]);
});
