import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { readLockFile, replaceFile } from '../../../src/client/lock/lock-file.ts';
import { lockText } from '../../../src/client/lock/packyard-lock.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { POSIX } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';

const EMPTY = lockText({ packs: new Map() });
const AGAIN = 'Take it from Git as it was, or remove it and run "packyard lock", which chooses anew.';

test('a lock that is not there is none', async () => {
  const folder = await scratch();
  expect(await readLockFile(join(folder, 'packyard.lock'))).toBeUndefined();
  expect(await readLockFile(join(folder, 'packyard.lock', 'packyard.lock'))).toBeUndefined();
});

test.each([
  ['as it is written', EMPTY],
  ['with the line ends of Windows', EMPTY.replaceAll('\n', '\r\n')],
  ['with a byte order mark', `\uFEFF${EMPTY}`],
])('reads one %s', async (_, text) => {
  const file = join(await scratch(), 'packyard.lock');
  writeFileSync(file, text);
  expect(await readLockFile(file)).toEqual({ lock: { packs: new Map() }, text: EMPTY });
});

test('says why a lock cannot be read', async () => {
  const folder = await scratch();
  const file = (name: string): string => join(folder, name);
  mkdirSync(file('folder'));
  writeFileSync(file('bytes'), Buffer.from([0x7b, 0xff]));
  writeFileSync(file('large'), Buffer.alloc(8_388_609, ' '));
  symlinkSync(file('loop'), file('loop'));
  const failure = async (name: string): Promise<unknown> => failureOf(readLockFile(file(name)));
  const refused = (name: string, reason: string): object => ({
    code: 'lock-invalid',
    message: `${file(name)} cannot be read: ${reason}.`,
    hint: AGAIN,
  });
  expect(await failure('folder')).toEqual(refused('folder', 'it is no file'));
  expect(await failure('bytes')).toEqual(refused('bytes', 'its byte 1 is not UTF-8'));
  expect(await failure('large')).toEqual(refused('large', 'it is larger than 8 MiB'));
  expect(await failure('loop')).toEqual(refused('loop', 'ELOOP'));
});

test('writes in one step, keeps the rights of the file, and leaves nothing else behind', async () => {
  const folder = await scratch();
  const file = join(folder, 'packyard.lock');
  await replaceFile(file, 'one\n');
  expect(readFileSync(file, 'utf8')).toBe('one\n');
  chmodSync(file, 0o662);
  await Promise.all(['two\n', 'three\n', 'four\n'].map((text) => replaceFile(file, text)));
  expect(['two\n', 'three\n', 'four\n']).toContain(readFileSync(file, 'utf8'));
  if (POSIX) expect(statSync(file).mode & 0o777).toBe(0o662);
  expect(readdirSync(folder)).toEqual(['packyard.lock']);
});

test('writes into the place of a link, not through it', async () => {
  const folder = await scratch();
  const [file, precious] = [join(folder, 'packyard.lock'), join(await scratch(), 'precious')];
  writeFileSync(precious, 'precious');
  symlinkSync(precious, file);
  await replaceFile(file, 'lock\n');
  expect([readFileSync(precious, 'utf8'), readFileSync(file, 'utf8')]).toEqual(['precious', 'lock\n']);
  expect(statSync(file).mode & 0o111).toBe(0);
});

test('says why a file cannot be written, and leaves nothing behind', async () => {
  const folder = await scratch();
  mkdirSync(join(folder, 'packyard.lock'));
  const failure = async (file: string): Promise<unknown> => failureOf(replaceFile(file, 'text'));
  const hint = 'Look at the rights of the file and its folder, and at the space on the disk; it is as it was.';
  const inTheWay = join(folder, 'packyard.lock');
  expect(await failure(inTheWay)).toEqual({
    code: 'output-unwritable',
    message: `${inTheWay} cannot be written (EISDIR).`,
    hint,
  });
  const nowhere = join(folder, 'missing', 'packyard.lock');
  expect(await failure(nowhere)).toEqual({
    code: 'output-unwritable',
    message: `${nowhere} cannot be written (ENOENT).`,
    hint,
  });
  expect(readdirSync(folder)).toEqual(['packyard.lock']);
});
