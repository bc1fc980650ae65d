import { gzipSync } from 'node:zlib';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { canonicalTar } from '../helpers/canonical-tar.ts';
import { archiveFiles } from '../../src/pack/archive-files.ts';
import type { PackFile } from '../../src/pack/pack.ts';

function tarOf(root: string, files: readonly PackFile[]): Buffer {
  return Buffer.concat(Array.from(canonicalTar(root, files), (chunk) => Buffer.from(chunk)));
}

function file(path: string, text: string = '', executable: boolean = false): PackFile {
  return { path, executable, data: Buffer.from(text) };
}

/** In pieces, as they come from a host. */
async function* pieces(data: Buffer, size: number = 1000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < data.length; start += size) yield data.subarray(start, start + size);
}

test('an archive holds what was packed, by the bytes of the paths', async () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '日', '🦊', ' '), minLength: 1, maxLength: 60 });
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
  const data = fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes));
  const anyFile = fc.record({ path, executable: fc.boolean(), data });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(anyFile, { selector: (each) => each.path, maxLength: 6 }), async (files) => {
      const read = await archiveFiles(pieces(gzipSync(tarOf('demo-1.0.0', files))), 'demo-1.0.0');
      const sorted = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
      expect('files' in read && [...read.files]).toEqual(sorted.map((each) => [each.path, each]));
    }),
  );
});

const GZIP = gzipSync(tarOf('demo-1.0.0', [file('values.yaml', 'x'.repeat(5000))]));

test.each([
  ['no gzip', Buffer.from('not gzip at all'), 'incorrect header check'],
  ['nothing', Buffer.alloc(0), undefined],
  ['an archive that was cut', GZIP.subarray(0, 40), 'unexpected end of file'],
  ['a gzip without a tar', gzipSync('x'.repeat(600)), 'there is no tar in it'],
  ['another root', gzipSync(tarOf('other', [file('a')])), '"other/a" does not lie in demo-1.0.0'],
  ['a path that leads out', gzipSync(tarOf('..', [file('a')])), '"../a" does not lie in demo-1.0.0'],
])('%s cannot be read', async (_, data, reason) => {
  const read = await archiveFiles(pieces(data), 'demo-1.0.0');
  expect(read).toEqual(reason === undefined ? expect.anything() : { reason });
});

test('what expands beyond the limit is not held, and no more of it is asked for', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  let asked = 0;
  let closed = false;
  const source = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of pieces(bomb)) {
        asked += 1;
        yield piece;
      }
    } finally {
      closed = true;
    }
  };
  expect(await archiveFiles(source(), 'demo-1.0.0', { bytes: 1_048_576, entries: 10 })).toEqual({
    reason: 'it expands to more than 1 MiB',
  });
  expect(closed).toBe(true);
  expect(asked).toBeLessThan(bomb.length / 1000);
});

test('an archive of too many files is refused', async () => {
  const files = Array.from({ length: 11 }, (_, index) => file(`${index}`));
  const read = archiveFiles(pieces(gzipSync(tarOf('r', files))), 'r', { bytes: 1_048_576, entries: 10 });
  expect(await read).toEqual({ reason: 'it holds more than 10 files' });
});

test('an error of the source is passed on', async () => {
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    yield GZIP.subarray(0, 20);
    await Promise.resolve();
    throw new Error('the line went dead');
  };
  await expect(archiveFiles(broken(), 'demo-1.0.0')).rejects.toThrow('the line went dead');
});
