import { posix, win32 } from 'node:path';

import { expect, test } from 'vitest';

import { gitProgram, programOnPath } from '../../src/repo/git-program.ts';

const OWN = String.raw`C:\Program Files\Git\cmd\git.exe`;

test.each([
  ['the first that is there', String.raw`C:\Windows;C:\Program Files\Git\cmd;D:\git`, OWN],
  ['a folder in quotes', String.raw`"C:\Program Files\Git\cmd"`, OWN],
  ['with slashes', 'C:/Program Files/Git/cmd/', OWN],
  ['none below the current folder', String.raw`.;;tools;C:tools;\tools;C:\Program Files\Git\cmd`, OWN],
])('%s', (_, list, found) => {
  const isThere = (path: string): boolean => path === OWN || !/^[A-Z]:\\/u.test(path);
  expect(programOnPath('git.exe', { Path: list }, isThere, win32)).toBe(found);
});

test('where there is none, a path at which nothing is', () => {
  const none = (): boolean => false;
  expect(programOnPath('git.exe', { PATH: String.raw`C:\Windows` }, none, win32)).toBe(String.raw`C:\Windows\git.exe`);
  expect(win32.isAbsolute(programOnPath('git.exe', {}, none, win32))).toBe(true);
  expect(win32.isAbsolute(programOnPath('git.exe', { PATH: 'tools' }, none, win32))).toBe(true);
});

test('elsewhere no folder but those of PATH is looked into', () => {
  expect(programOnPath('git', { PATH: '.:/usr/bin' }, () => true, posix)).toBe('/usr/bin/git');
  if (process.platform !== 'win32') expect(gitProgram()).toBe('git');
});
