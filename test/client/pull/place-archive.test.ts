import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { archivePlace, placeArchive } from '../../../src/client/pull/place-archive.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const BYTES = Buffer.alloc(200_000, 'an archive ');
const WANTED = { sha256: sha256Of(BYTES), force: false };
const FORCED = { ...WANTED, force: true };

async function* inParts(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += 65_536) yield bytes.subarray(offset, offset + 65_536);
}

test('a file appears whole, in folders that are made', async () => {
  const folder = await scratch();
  const target = join(folder, 'a', 'b', 'nginx-1.0.0.tar.gz');
  await placeArchive(inParts(BYTES), target, WANTED);
  expect(readFileSync(target)).toEqual(BYTES);
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['nginx-1.0.0.tar.gz']);
  expect(await archivePlace(target, WANTED)).toBe('same');
});

test('where bytes break off, nothing stays, and what was there is as it was', async () => {
  const folder = await scratch();
  const breaking = async function* (): AsyncGenerator<Uint8Array> {
    yield BYTES;
    throw new Error('reset');
  };
  await expect(placeArchive(breaking(), join(folder, 'new', 'deep', 'nginx.tar.gz'), WANTED)).rejects.toThrow('reset');
  expect(readdirSync(folder)).toEqual([]);
  writeFileSync(join(folder, 'nginx.tar.gz'), 'mine');
  await expect(placeArchive(breaking(), join(folder, 'nginx.tar.gz'), FORCED)).rejects.toThrow('reset');
  expect(readdirSync(folder)).toEqual(['nginx.tar.gz']);
  expect(readFileSync(join(folder, 'nginx.tar.gz'), 'utf8')).toBe('mine');
});

test('the signal stops it', async () => {
  const folder = await scratch();
  const controller = new AbortController();
  const stopped = async function* (): AsyncGenerator<Uint8Array> {
    yield BYTES.subarray(0, 10);
    controller.abort(new Error('stopped'));
    yield BYTES.subarray(10);
  };
  await expect(
    placeArchive(stopped(), join(folder, 'nginx.tar.gz'), { ...WANTED, signal: controller.signal }),
  ).rejects.toThrow('stopped');
  expect(readdirSync(folder)).toEqual([]);
});

test('what killed runs have left beside it is removed', async () => {
  const folder = await scratch();
  const { createHash } = await import('node:crypto');
  const { hostname } = await import('node:os');
  const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const left = join(folder, `.packyard-${host}-999999999-0123456789ab`);
  mkdirSync(join(left, 'new'), { recursive: true });
  writeFileSync(join(left, 'new', 'nginx.tar.gz'), 'half');
  await placeArchive(inParts(BYTES), join(folder, 'nginx.tar.gz'), WANTED);
  expect(readdirSync(folder)).toEqual(['nginx.tar.gz']);
});

/** What writes into the place while the last bytes come. */
async function* meanwhile(write: () => void): AsyncGenerator<Uint8Array> {
  yield BYTES.subarray(0, 1000);
  write();
  yield BYTES.subarray(1000);
}

test('a file that somebody put into the place meanwhile is not lost', async () => {
  const folder = await scratch();
  const target = join(folder, 'nginx.tar.gz');
  const mine = (): void => writeFileSync(target, 'mine');
  expect(await failureOf(placeArchive(meanwhile(mine), target, WANTED))).toMatchObject({ code: 'local-changes' });
  expect(readdirSync(folder)).toEqual(['nginx.tar.gz']);
  expect(readFileSync(target, 'utf8')).toBe('mine');
  expect(await placeArchive(meanwhile(mine), target, FORCED)).toBe('replaced');
  const same = (): void => writeFileSync(target, BYTES);
  expect(await placeArchive(meanwhile(same), target, WANTED)).toBe('unchanged');
  expect(readdirSync(folder)).toEqual(['nginx.tar.gz']);
});

test('many at once into one place', async () => {
  const folder = await scratch();
  const target = join(folder, 'nginx.tar.gz');
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => placeArchive(inParts(BYTES), target, WANTED)));
  expect(outcomes.toSorted()).toEqual(['created', ...Array.from({ length: 7 }, () => 'unchanged')]);
  expect(readdirSync(folder)).toEqual(['nginx.tar.gz']);
});

test('what is in the place', async () => {
  const folder = await scratch();
  const file = (name: string): string => join(folder, name);
  writeFileSync(file('same'), BYTES);
  writeFileSync(file('other'), 'mine');
  symlinkSync(file('same'), file('link'));
  mkdirSync(file('folder'));
  expect(await archivePlace(file('none'), WANTED)).toBe('empty');
  expect(await archivePlace(file('same'), WANTED)).toBe('same');
  expect(await archivePlace(file('other'), FORCED)).toBe('different');
  expect(await archivePlace(file('link'), FORCED)).toBe('different');
  expect(await failureOf(archivePlace(file('other'), WANTED))).toEqual({
    code: 'local-changes',
    message: `${file('other')} is not the archive that was published, and was left as it is.`,
    hint: 'Move it away, or add --force to replace it.',
  });
  expect(await failureOf(archivePlace(file('link'), WANTED))).toEqual({
    code: 'local-changes',
    message: `${file('link')} is no file, and was left as it is.`,
    hint: 'Move it away, or add --force to replace it.',
  });
  expect(await failureOf(archivePlace(file('folder'), FORCED))).toEqual({
    code: 'local-changes',
    message: `${file('folder')} is no file, and was left as it is.`,
    hint: 'Move the folder away, or pull into another one.',
  });
  expect(await failureOf(archivePlace(join(file('same'), 'below'), WANTED))).toMatchObject({
    code: 'output-unwritable',
  });
});

test('a link in the place is replaced, and what it led to is not touched', async () => {
  const folder = await scratch();
  writeFileSync(join(folder, 'elsewhere'), 'mine');
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'nginx.tar.gz'));
  expect(await placeArchive(inParts(BYTES), join(folder, 'nginx.tar.gz'), FORCED)).toBe('replaced');
  expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('mine');
  expect(readFileSync(join(folder, 'nginx.tar.gz'))).toEqual(BYTES);
});

test('a place below a file', async () => {
  const folder = await scratch();
  writeFileSync(join(folder, 'file'), '');
  expect(await failureOf(placeArchive(inParts(BYTES), join(folder, 'file', 'nginx.tar.gz'), WANTED))).toMatchObject({
    code: 'output-unwritable',
  });
});

test.skipIf((process.getuid?.() ?? 0) === 0)('a place where nothing may be written', async () => {
  const folder = await scratch();
  chmodSync(folder, 0o500);
  expect(await failureOf(placeArchive(inParts(BYTES), join(folder, 'nginx.tar.gz'), WANTED))).toMatchObject({
    code: 'output-unwritable',
  });
  chmodSync(folder, 0o700);
});
