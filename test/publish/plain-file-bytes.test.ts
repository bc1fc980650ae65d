import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openDirectoryStore } from '../../src/publish/directory-store.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

test.skipIf(process.platform === 'win32')('a pipe where the index belongs is refused, and not waited for', async () => {
  const folder = join(await scratch(), 'site');
  mkdirSync(folder);
  execFileSync('mkfifo', [join(folder, 'index.json')]);
  const store = await openDirectoryStore(folder);
  const { code, message, hint } = await failureOf(store.read('index.json', 10));
  expect({ code, message: message.replace(folder, '<site>'), hint }).toEqual({
    code: 'output-foreign',
    message: '<site>/index.json is a special file, where a registry has a plain file.',
    hint: 'Remove it and publish again: nothing is read or written through it.',
  });
  await store.close();
});

test('a file is read whole, or refused where it is larger than it may be', async () => {
  const folder = join(await scratch(), 'site');
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.json'), '0123456789');
  const store = await openDirectoryStore(folder);
  expect(Buffer.from((await store.read('index.json', 10))?.bytes ?? []).toString()).toBe('0123456789');
  expect(await store.read('search.json', 10)).toBeUndefined();
  const { message } = await failureOf(store.read('index.json', 9));
  expect(message.replace(folder, '<site>')).toBe(
    '<site>/index.json is larger than 9 bytes, where a registry has a plain file.',
  );
  await store.close();
});
