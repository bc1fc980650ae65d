import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

import { array, assert, asyncProperty, boolean, record, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonicalGzip, type GzipPiece } from '../../src/pack/canonical-gzip.ts';
import { POSIX } from '../helpers/sandbox.ts';

const TEXT = Buffer.from('replicas: 1\nimage: nginx\n'.repeat(4000));
const NOISE = randomFillSync(Buffer.alloc(100_000));

async function packed(pieces: Iterable<GzipPiece>, level: number = 4): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of canonicalGzip(pieces, level)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const plain = (data: Buffer): GzipPiece => ({ data, dense: false });
const dense = (data: Buffer): GzipPiece => ({ data, dense: true });

describe('gzip', () => {
  test('gives any pieces back as they were', async () => {
    const piece = record({
      data: uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
      dense: boolean(),
    });
    await assert(
      asyncProperty(array(piece, { maxLength: 12 }), async (pieces) => {
        expect(gunzipSync(await packed(pieces))).toEqual(Buffer.concat(pieces.map(({ data }) => data)));
      }),
    );
  });

  test('gives large pieces back, which share a buffer', async () => {
    const shared = Buffer.alloc(NOISE.length);
    const pieces = function* (): Generator<GzipPiece> {
      for (const data of [TEXT, NOISE, TEXT])
        yield { data: shared.subarray(0, data.copy(shared)), dense: data === NOISE };
    };
    expect(gunzipSync(await packed(pieces())).equals(Buffer.concat([TEXT, NOISE, TEXT]))).toBe(true);
  });

  test('has no name, no time and no system', async () => {
    expect((await packed([plain(TEXT)])).toString('hex', 0, 10)).toBe('1f8b08000000000000ff');
  });

  test('stores what is compressed already, and compresses what stands around it', async () => {
    const file = await packed([plain(TEXT), dense(TEXT), plain(TEXT)]);
    expect(file.includes(TEXT.subarray(0, 1000))).toBe(true);
    expect(file.length).toBeGreaterThan(TEXT.length);
    expect(file.length).toBeLessThan(TEXT.length * 1.1);
    expect((await packed([plain(TEXT)])).length).toBeLessThan(TEXT.length / 20);
  });

  test('takes the level that it is told', async () => {
    const text = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${(index * 7919) % 1009}`).join('\n'));
    expect((await packed([plain(text)], 9)).length).toBeLessThan((await packed([plain(text)], 1)).length);
  });

  test('fails as the pieces do', async () => {
    const pieces = function* (): Generator<GzipPiece> {
      yield plain(TEXT);
      throw new Error('no more');
    };
    await expect(packed(pieces())).rejects.toThrow('no more');
  });

  test('ends quietly wherever nobody wants the rest of it', async () => {
    const pieces = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? plain(NOISE) : dense(NOISE)));
    for (let wanted = 1; wanted <= 24; wanted += 1) {
      let given = 0;
      for await (const chunk of canonicalGzip(pieces, 4)) {
        expect(chunk.length).toBeGreaterThan(0);
        given += 1;
        if (given === wanted) break;
      }
    }
    // What the compressor still had at work comes to its end: an error of it would fail this test.
    await new Promise((resolve) => setTimeout(resolve, 50));
  });

  test.runIf(POSIX)('is sound to the program of that name', async () => {
    const file = await packed([plain(TEXT), dense(NOISE), plain(TEXT)]);
    expect(execFileSync('gzip', ['-dc'], { input: file, maxBuffer: 10_000_000 })).toEqual(
      Buffer.concat([TEXT, NOISE, TEXT]),
    );
  });
});
