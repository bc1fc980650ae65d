import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { PackyardError } from '../../../src/errors.ts';
import { readArchive } from '../../../src/client/unpack/read-archive.ts';
import { unpack } from '../../../src/client/unpack/unpack.ts';
import { foldedPath, notPortable } from '../../../src/model/portable-path.ts';
import { scratch } from '../../helpers/scratch.ts';
import { inChunks, ROOT } from './hostile-tar.ts';
import { isExecutable, soundArchive, type Contents } from './sound-archive.ts';
import { everythingIn } from './surroundings.ts';

const NAME = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcXYZ019-_. é日😀'), minLength: 1, maxLength: 12 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
  fc.integer({ min: 90, max: 240 }).map((length) => 'n'.repeat(length)),
);
const PATH = fc.array(NAME, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
const CONTENT = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(Buffer.from('#!/bin/sh\n')),
  fc.integer({ min: 0, max: 300_000 }).map((length) => Buffer.alloc(length, 'content ')),
);

/** Trees as a build lets them through: paths that every system can hold, none in the way of another. */
const TREE = fc.array(fc.tuple(PATH, CONTENT), { minLength: 1, maxLength: 12 }).map(sound);

function sound(entries: readonly (readonly [string, Buffer])[]): Contents {
  const kept: Record<string, Buffer> = {};
  const spelled = new Map<string, string>();
  for (const [path, content] of entries) {
    if (notPortable(path) !== undefined) continue;
    const folders = path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));
    if (folders.some((prefix) => Object.hasOwn(kept, prefix))) continue;
    if (spelled.has(foldedPath(path))) continue;
    if (folders.some((prefix) => (spelled.get(foldedPath(prefix)) ?? prefix) !== prefix)) continue;
    for (const prefix of folders) spelled.set(foldedPath(prefix), prefix);
    kept[path] = content;
  }
  return Object.keys(kept).length === 0 ? { file: '' } : kept;
}

test('every tree comes out of its canonical archive as it went in', async () => {
  const parent = await scratch();
  const target = join(parent, 'demo');
  await fc.assert(
    fc.asyncProperty(TREE, fc.integer({ min: 1, max: 5000 }), async (contents, size) => {
      const { bytes, contentSha256 } = soundArchive(contents);
      const files = await unpack(inChunks(bytes, size), target, { root: ROOT, contentSha256 });
      const found = Object.entries(everythingIn(target)).filter(([path]) => !path.endsWith('/'));
      const expected = Object.entries(contents).map(([path, content]) => [
        path,
        `${isExecutable(content) ? 755 : 644} ${Buffer.from(content).toString('latin1')}`,
      ]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
      expect(files.map(({ path }) => path).toSorted()).toEqual(Object.keys(contents).toSorted());
      expect(readdirSync(parent)).toEqual(['demo']);
      rmSync(target, { recursive: true });
    }),
    { numRuns: 100 },
  );
});

test('whatever happens to the bytes of an archive, it is refused or means the same', async () => {
  const { bytes, contentSha256 } = soundArchive({
    'pack.json': '{}\n',
    [`charts/${'long-'.repeat(30)}.tgz`]: Buffer.alloc(3000, 'chart'),
    'bin/run': '#!/bin/sh\n',
  });
  const folder = await scratch();
  const parent = join(folder, 'parent');
  mkdirSync(parent);
  const whole = await readArchive(inChunks(bytes), { root: ROOT });
  const at = fc.integer({ min: 0, max: bytes.length - 1 });
  const damage = fc.oneof(
    fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([from, other]) => {
      const copy = Buffer.from(bytes);
      copy.set(other.subarray(0, copy.length - from), from);
      return copy;
    }),
    at.map((length) => bytes.subarray(0, length)),
    fc.tuple(at, at).map(([from, to]) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (damaged) => {
      try {
        const files = await unpack(inChunks(damaged), join(parent, 'demo'), { root: ROOT, contentSha256 });
        expect(files).toEqual(whole);
        rmSync(join(parent, 'demo'), { recursive: true });
      } catch (error) {
        if (!(error instanceof PackyardError)) throw error;
        expect(error.code).toBe('archive-refused');
      }
      expect(everythingIn(folder)).toEqual({ 'parent/': '755' });
    }),
    { numRuns: 300 },
  );
});

test('what is as large as a pack may be comes out, however well it was compressed', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [`zeros-${index}`, Buffer.alloc(40_000_000)]),
  );
  const { bytes, contentSha256 } = soundArchive(files);
  expect(bytes.length).toBeLessThan(250_000);
  const read = await readArchive(inChunks(bytes, 65_536), { root: ROOT, contentSha256 });
  expect(read.map(({ size }) => size)).toEqual([40_000_000, 40_000_000, 40_000_000, 40_000_000, 40_000_000]);
});
