import * as fc from 'fast-check';
import { Header, Pax } from 'tar';
import { describe, expect, test } from 'vitest';

import { canonicalTar } from '../helpers/canonical-tar.ts';
import type { PackFile } from '../../src/pack/pack.ts';
import { tarEntries } from '../../src/pack/tar-entries.ts';

function tarOf(files: readonly PackFile[]): Buffer {
  return Buffer.concat(Array.from(canonicalTar('root', files), (chunk) => Buffer.from(chunk)));
}

function block(header: ConstructorParameters<typeof Header>[0], data: string = ''): Buffer {
  const head = Buffer.alloc(512);
  new Header({ uid: 0, gid: 0, mode: 0o644, size: Buffer.byteLength(data), ...(header as object) }).encode(head);
  return Buffer.concat([head, Buffer.from(data), Buffer.alloc((512 - (Buffer.byteLength(data) % 512)) % 512)]);
}

describe('the entries of a tar', () => {
  test('are the files that were packed, whatever their names and sizes', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'é', '日', '-', ' ', '🦊'), minLength: 1, maxLength: 90 });
    const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => names.join('/'));
    const data = fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes));
    const file = fc.record({ path, executable: fc.boolean(), data });
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: (each) => each.path, maxLength: 6 }), (files) => {
        const expected = files.map((each) => ({ ...each, path: `root/${each.path}` }));
        expect([...tarEntries(tarOf(files))]).toEqual(expected);
      }),
    );
  });

  test('are regular files only, and a long name belongs to the next one alone', () => {
    const tar = Buffer.concat([
      block({ path: 'folder/', type: 'Directory' }),
      block({ path: 'link', linkpath: '/etc/passwd', type: 'SymbolicLink' }),
      block({ path: '././@LongLink', type: 'NextFileHasLongPath' }, `${'n'.repeat(200)}\0`),
      block({ path: 'cut', type: 'File' }, 'long'),
      new Pax({ path: 'ü' }).encode(),
      block({ path: '?', type: 'File' }, 'pax'),
      block({ path: 'plain', type: 'OldFile' }, 'old'),
      Buffer.alloc(1024),
      block({ path: 'behind the end', type: 'File' }),
    ]);
    expect([...tarEntries(tar)].map(({ path, data }) => [path, data.toString()])).toEqual([
      ['n'.repeat(200), 'long'],
      ['ü', 'pax'],
      ['plain', 'old'],
    ]);
  });

  test.each([
    ['something shorter than a header', Buffer.from('x'), 'there is no tar in it'],
    ['a text', Buffer.alloc(600, 'x'), 'there is no tar in it'],
    [
      'a damaged header',
      Buffer.concat([block({ path: 'a', type: 'File' }), Buffer.alloc(512, 1)]),
      'its header at byte 512 is damaged',
    ],
    [
      'an end inside a file',
      block({ path: 'a', type: 'File' }, 'x'.repeat(600)).subarray(0, 1024),
      'it ends inside "a"',
    ],
  ])('%s: says so', (_name, tar, message) => {
    expect(() => [...tarEntries(tar)]).toThrow(new Error(message));
  });

  test('of nothing are none', () => {
    expect([...tarEntries(Buffer.alloc(0))]).toEqual([]);
  });
});
