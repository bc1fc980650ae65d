import * as fc from 'fast-check';
import { Header } from 'tar';
import { describe, expect, test } from 'vitest';

import { BLOCK, fitsUstar, MTIME, writeHeader } from '../../src/pack/tar-header.ts';

interface File {
  readonly path: string;
  readonly executable: boolean;
  readonly size: number;
}

function written(file: File): Buffer {
  const block = Buffer.alloc(BLOCK, 0xff);
  writeHeader(block, file);
  return block;
}

/** The same header by tar's own class; undefined where that asks for a PAX header. */
function encodedByTar({ path, executable, size }: File): Buffer | undefined {
  const mode = executable ? 0o755 : 0o644;
  const block = Buffer.alloc(BLOCK);
  const header = new Header({ path, size, mode, uid: 0, gid: 0, mtime: MTIME, type: 'File', uname: '', gname: '' });
  return header.encode(block) ? undefined : block;
}

const name = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_. {}'), minLength: 1, maxLength: 120 });
const path = fc
  .array(name, { minLength: 1, maxLength: 12 })
  .map((names) => names.map((part) => (/^\.+$/u.test(part) ? 'dots' : part)).join('/'));
const size = fc.integer({ min: 0, max: 2 ** 30 - 1 });

describe('a header', () => {
  test('has the bytes that tar gives it, for every path that tar can hold without PAX', () => {
    fc.assert(
      fc.property(path, fc.boolean(), size, (text, executable, bytes) => {
        const file = { path: text, executable, size: bytes };
        const expected = encodedByTar(file);
        expect(fitsUstar(text)).toBe(expected !== undefined);
        if (expected !== undefined) expect(written(file).toString('latin1')).toBe(expected.toString('latin1'));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['99 bytes', 'n'.repeat(99), true],
    ['a name of 100 bytes in a folder', `d/${'n'.repeat(100)}`, true],
    ['a name of 101 bytes in a folder', `d/${'n'.repeat(101)}`, false],
    ['a folder of 155 bytes', `${'d'.repeat(155)}/n`, true],
    ['a folder of 156 bytes', `${'d'.repeat(156)}/n`, false],
    ['a character that is not ASCII', 'ä', false],
  ])('%s: fits without PAX is %s', (_name, text, fits) => {
    expect(fitsUstar(text)).toBe(fits);
    expect(encodedByTar({ path: text, executable: false, size: 1 }) !== undefined).toBe(fits);
  });

  test('leaves nothing of what the block held before', () => {
    expect(written({ path: 'a', executable: true, size: 7 })).toEqual(
      encodedByTar({ path: 'a', executable: true, size: 7 }),
    );
  });
});
