import { rmSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { PackyardError } from '../../../src/errors.ts';
import { unpack } from '../../../src/client/unpack/unpack.ts';
import { scratch } from '../../helpers/scratch.ts';
import { entry, file, inChunks, packed, ROOT } from './hostile-tar.ts';
import { soundArchive } from './sound-archive.ts';
import { everythingIn, makeSurroundings } from './surroundings.ts';

const FIELD = fc.oneof(
  fc.constantFrom(
    '../x',
    '/etc/passwd',
    ROOT,
    `${ROOT}/`,
    `${ROOT}/a/../../x`,
    `${ROOT}/up/x`,
    `${ROOT}/A`,
    `${ROOT}/a`,
  ),
  fc.string({ maxLength: 90 }),
  fc.uint8Array({ maxLength: 90 }).map((bytes) => Buffer.from(bytes)),
);
const ENTRY = fc.record(
  {
    path: FIELD,
    prefix: fc.constantFrom('', '..', '/', ROOT, 'a\0b'),
    type: fc.constantFrom(...'0125xgLKS7', '\0', 'é'),
    mode: fc.constantFrom('000644 \0', '000755 \0', '004755 \0', '', 'x'),
    link: fc.constantFrom('', '..', '/etc', 'a'),
    size: fc.oneof(fc.nat(2000), fc.constantFrom('', '-1', '77777777777\0')),
    magic: fc.constantFrom('ustar\x0000', 'ustar  \0', ''),
  },
  { requiredKeys: ['path'] },
);

test('entries put together at random neither escape nor crash, nor leave anything', async () => {
  const folder = await scratch();
  makeSurroundings(folder);
  const before = everythingIn(folder);
  const target = join(folder, 'home', 'packs', 'demo');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(ENTRY, fc.string({ maxLength: 600 })), { maxLength: 4 }), async (entries) => {
      const archive = packed(...entries.map(([fields, content]) => entry(fields, content)));
      await expectContained(archive, target);
      expect(everythingIn(folder)).toEqual(before);
    }),
    { numRuns: 300 },
  );
});

test('nor does a tar of which any bytes are other ones', async () => {
  const sound = gunzipSync(soundArchive({ 'pack.json': '{}', [`a/${'é'.repeat(80)}`]: 'x'.repeat(700) }).bytes);
  const folder = await scratch();
  makeSurroundings(folder);
  const before = everythingIn(folder);
  const target = join(folder, 'home', 'packs', 'demo');
  const change = fc.tuple(
    fc.nat(sound.length - 1),
    fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x2f, 0x2e)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const damaged = Buffer.from(sound);
      for (const [at, byte] of changes) damaged[at] = byte;
      // As an attacker would: with the right sums.
      for (let at = 0; at + 512 <= damaged.length; at += 512) {
        if (damaged.toString('latin1', at + 257, at + 262) === 'ustar') sum(damaged.subarray(at, at + 512));
      }
      await expectContained(gzipSync(damaged), target);
      expect(everythingIn(folder)).toEqual(before);
    }),
    { numRuns: 300 },
  );
});

function sum(block: Buffer): void {
  block.fill(' ', 148, 156);
  const total = block.reduce((all, byte) => all + byte, 0);
  block.write(`${total.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

/** Unpacks into a folder that is removed again, if anything is unpacked at all. */
async function expectContained(archive: Buffer, target: string): Promise<void> {
  try {
    await unpack(inChunks(archive), target, { root: ROOT });
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    expect(error.code).toBe('archive-refused');
    return;
  }
  // Only files, and folders: a link would say where it leads.
  const written = Object.entries(everythingIn(target));
  expect(written.every(([, what]) => /^(?:755|644)(?: |$)/u.test(what))).toBe(true);
  rmSync(target, { recursive: true });
}

test('the builder makes sound archives where nothing is hostile', async () => {
  const folder = await scratch();
  await unpack(inChunks(packed(file('a'))), join(folder, 'demo'), { root: ROOT });
  expect(everythingIn(folder)).toEqual({ 'demo/': '755', 'demo/a': '644 content\n', 'demo/pack.json': '644 {}\n' });
});
