import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { FileChange } from '../../src/check/fix/file-changes.ts';
import { newFile, writeFiles } from '../../src/contribute/write-files.ts';
import { PackyardError } from '../../src/errors.ts';
import { scratch } from '../helpers/scratch.ts';

function failure(root: string, changes: readonly FileChange[]): PackyardError {
  try {
    writeFiles(root, changes);
  } catch (error) {
    if (error instanceof PackyardError) return error;
    throw error;
  }
  throw new Error('it was written');
}

function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
}

test('files are written, with folders that were missing and with their rights', async () => {
  const root = join(await scratch(), 'not', 'there');
  writeFiles(root, [newFile('a/b/one.txt', 'one'), newFile('two.sh', Buffer.from('two'), true)]);
  expect(readFileSync(join(root, 'a/b/one.txt'), 'utf8')).toBe('one');
  expect(readFileSync(join(root, 'two.sh'), 'utf8')).toBe('two');
  if (process.platform !== 'win32') {
    expect(statSync(join(root, 'two.sh')).mode & 0o111).not.toBe(0);
    expect(statSync(join(root, 'a/b/one.txt')).mode & 0o111).toBe(0);
  }
});

test('a file that is there is not overwritten, and nothing else is written', async () => {
  const root = await scratch();
  writeFileSync(join(root, 'there'), 'mine');
  const error = failure(root, [newFile('first', 'x'), newFile('there', 'x')]);
  expect(error.code).toBe('output-unwritable');
  expect(error.message).toBe(
    `${root} cannot take what is to be written: there: something that is not part of the pack is there. Nothing was written.`,
  );
  expect(error.hint).toBe('Move what is there out of the way, or choose another name or folder.');
  expect(everything(root)).toEqual(['there']);
  expect(readFileSync(join(root, 'there'), 'utf8')).toBe('mine');
});

test('of many obstacles, some are named', async () => {
  const root = await scratch();
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  for (const name of names) writeFileSync(join(root, name), '');
  const { message } = failure(
    root,
    names.map((name) => newFile(name, 'x')),
  );
  expect(message).toContain('e: something that is not part of the pack is there, and 2 more. Nothing was written.');
});

test.skipIf(process.platform === 'win32')('no link is followed', async () => {
  const [root, elsewhere] = [await scratch(), await scratch()];
  symlinkSync(elsewhere, join(root, 'packs'));
  expect(failure(root, [newFile('packs/a/pack.json', '{}')]).message).toContain(
    'packs/a/pack.json: a folder above it is a symbolic link',
  );
  symlinkSync('nowhere', join(root, 'file'));
  expect(failure(root, [newFile('file', '{}')]).message).toContain(
    'file: something that is not part of the pack is there',
  );
  expect(everything(elsewhere)).toEqual([]);
});

test.each([
  ['../outside', 'it holds ".."'],
  ['a/../../outside', 'it holds ".."'],
  ['/etc/outside', 'it has an empty name in it'],
  ['.git/config', 'it holds ".git"'],
  [String.raw`a\..\b`, String.raw`it holds "\", which Windows or a terminal cannot show`],
])('the path %s is refused', async (path, reason) => {
  const root = await scratch();
  expect(failure(root, [newFile(path, 'x')]).message).toContain(`${path}: ${reason}`);
  expect(everything(root)).toEqual([]);
});

test('a path that stands twice, whatever its case, is refused', async () => {
  const root = await scratch();
  const { message } = failure(root, [newFile('README.md', '1'), newFile('readme.md', '2')]);
  expect(message).toContain('readme.md: it would be written twice');
  expect(everything(root)).toEqual([]);
});

test('a file where a folder is wanted: nothing is written, and what was made is gone', async () => {
  const root = await scratch();
  writeFileSync(join(root, 'charts'), 'a file');
  const error = failure(root, [newFile('new/one', '1'), newFile('charts/x.tgz', '2')]);
  expect(error.code).toBe('output-unwritable');
  expect(error.message).toContain('charts/x.tgz: a file is where a folder above it should be. Nothing was written.');
  expect(everything(root)).toEqual(['charts']);
});

test('a folder below a file cannot be made', async () => {
  const outside = await scratch();
  writeFileSync(join(outside, 'file'), '');
  for (const root of [join(outside, 'file/pack'), join(outside, 'file/a/pack')]) {
    const { code, message, hint } = failure(root, [newFile('pack.json', '{}')]);
    expect([code, hint]).toEqual(['output-unwritable', 'Choose another folder, or move the file out of the way.']);
    expect(message).toBe(`${root} cannot be made: a file is where a folder above it should be. Nothing was written.`);
  }
  expect(everything(outside)).toEqual(['file']);
});

test('what cannot be foreseen is told with what the system says', async () => {
  const root = await scratch();
  const { message, hint } = failure(root, [newFile('new/one', '1'), newFile('new/one/inside', '2')]);
  expect(message).toMatch(/^.* could not be written to \(\w+\), and is as it was before\.$/u);
  expect(hint).toBe('Look at the rights of the folder and the room on its disk.');
  expect(everything(root)).toEqual([]);
});

test('when it fails half-way, what was changed and removed comes back, and folders of others stay', async () => {
  const root = await scratch();
  mkdirSync(join(root, 'empty'));
  mkdirSync(join(root, 'emptyx'));
  for (const [name, text] of [
    ['changed', 'before'],
    ['removed', 'kept'],
  ] as const)
    writeFileSync(join(root, name), text);
  const changes: FileChange[] = [
    { path: 'changed', kind: 'write', executable: false, data: Buffer.from('after'), before: Buffer.from('before') },
    { path: 'removed', kind: 'remove', executable: false, before: Buffer.from('kept') },
    newFile('emptyx/new', '1'),
    newFile('made/deep/new', '2'),
    newFile('made/file', '3'),
    newFile('made/file/inside', '4'),
  ];
  expect(failure(root, changes).code).toBe('output-unwritable');
  expect(everything(root)).toEqual(['changed', 'empty', 'emptyx', 'removed']);
  expect(readFileSync(join(root, 'changed'), 'utf8')).toBe('before');
  expect(readFileSync(join(root, 'removed'), 'utf8')).toBe('kept');
});

test('a file that is not what the plan read is left alone', async () => {
  const root = await scratch();
  writeFileSync(join(root, 'file'), 'changed meanwhile');
  const change: FileChange = {
    path: 'file',
    kind: 'write',
    executable: false,
    data: Buffer.from('new'),
    before: Buffer.from('old'),
  };
  expect(failure(root, [change]).message).toContain('file: it is not what Git has of it');
  expect(readFileSync(join(root, 'file'), 'utf8')).toBe('changed meanwhile');
});

test('rights are set and files removed as planned', async () => {
  const root = await scratch();
  for (const name of ['mode', 'gone']) writeFileSync(join(root, name), name);
  chmodSync(join(root, 'mode'), 0o644);
  writeFiles(root, [
    { path: 'mode', kind: 'mode', executable: true },
    { path: 'gone', kind: 'remove', executable: false, before: Buffer.from('gone') },
  ]);
  expect(existsSync(join(root, 'gone'))).toBe(false);
  if (process.platform !== 'win32') expect(statSync(join(root, 'mode')).mode & 0o111).not.toBe(0);
});

const PATHS = fc.uniqueArray(fc.stringMatching(/^(?:[a-c]\/){0,2}[d-h]$/u), { minLength: 1, maxLength: 8 });

test('whatever fails, the folder holds what it held', async () => {
  const parent = await scratch();
  let run = 0;
  fc.assert(
    fc.property(PATHS, fc.nat(7), (paths, index) => {
      run += 1;
      const root = join(parent, String(run));
      const blocked = paths[index % paths.length] ?? '';
      mkdirSync(root);
      // A file is made where the folder of one of the paths would be.
      const changes = [newFile('z', ''), ...paths.map((path) => newFile(path === blocked ? `z/${path}` : path, path))];
      expect(failure(root, changes).code).toBe('output-unwritable');
      expect(everything(root)).toEqual([]);
      writeFiles(
        root,
        paths.map((path) => newFile(path, path)),
      );
      for (const path of paths) expect(readFileSync(join(root, path), 'utf8')).toBe(path);
    }),
    { numRuns: 40 },
  );
});
