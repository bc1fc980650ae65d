import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { hintWhileInUse, move, moveNow, untilLetGo } from '../../src/remote/move.ts';
import { scratch } from '../helpers/scratch.ts';

/** Work that fails so often with a code of the system, as it does while a scanner looks at a file. */
function held(times: number, code = 'EPERM'): { readonly work: () => void; readonly tries: () => number } {
  let tries = 0;
  return {
    work: () => {
      tries += 1;
      if (tries <= times) throw Object.assign(new Error(code), { code });
    },
    tries: () => tries,
  };
}

test('a file takes the place of another', async () => {
  const folder = await scratch();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  for (const text of ['one', 'two']) {
    writeFileSync(from, text);
    if (text === 'one') moveNow(from, to);
    else await move(from, to);
    expect(readFileSync(to, 'utf8')).toBe(text);
  }
  await expect(move(from, to)).rejects.toThrow('ENOENT');
  expect(() => moveNow(from, to)).toThrow('ENOENT');
});

test.each(['EPERM', 'EACCES', 'EBUSY'])('what is held for a moment on Windows is tried again: %s', async (code) => {
  const { work, tries } = held(3, code);
  untilLetGo(work, join(await scratch(), 'file'), 'win32');
  expect(tries()).toBe(4);
});

test('what is held for ever fails in the end', async () => {
  const target = join(await scratch(), 'file');
  const { work, tries } = held(Number.POSITIVE_INFINITY);
  expect(() => untilLetGo(work, target, 'win32')).toThrow('EPERM');
  expect(tries()).toBe(8);
});

test('a folder in the place, another failure and another system are not waited for', async () => {
  const folder = await scratch();
  mkdirSync(join(folder, 'there'));
  for (const [code, target, platform] of [
    ['EPERM', 'there', 'win32'],
    ['ENOSPC', 'file', 'win32'],
    ['EPERM', 'file', 'linux'],
  ] as const) {
    const { work, tries } = held(1, code);
    expect(() => untilLetGo(work, join(folder, target), platform)).toThrow(code);
    expect(tries()).toBe(1);
  }
});

test('what to do says that something may be in use, where that matters', () => {
  expect(hintWhileInUse('EBUSY', 'Check it.', 'win32')).toBe(
    'Close what may have it open, such as an editor or a terminal in it, and try again. Check it.',
  );
  expect(hintWhileInUse('ENOTDIR', 'Check it.', 'win32')).toBe('Check it.');
  expect(hintWhileInUse('EACCES', 'Check it.', 'linux')).toBe('Check it.');
});
