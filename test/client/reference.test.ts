import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseReference, referenceText, type PackReference } from '../../src/client/reference.ts';
import { PackyardError } from '../../src/errors.ts';
import { isPackName } from '../../src/model/pack-name.ts';

const DIGEST = 'ab'.repeat(32);

test.each<[string, PackReference]>([
  ['nginx', { name: 'nginx' }],
  ['a.b_c-1', { name: 'a.b_c-1' }],
  ['nginx@1.2.3', { name: 'nginx', selector: '1.2.3' }],
  ['nginx@ 1.2.x ', { name: 'nginx', selector: '1.2.x' }],
  ['nginx@>=1.2 <2 || 3.x', { name: 'nginx', selector: '>=1.2 <2 || 3.x' }],
  ['nginx@latest', { name: 'nginx', selector: 'latest' }],
  ['nginx:latest', { name: 'nginx', tag: 'latest' }],
  ['nginx:LTS__1.x', { name: 'nginx', tag: 'LTS__1.x' }],
  [`nginx@sha256:${DIGEST}`, { name: 'nginx', sha256: DIGEST }],
  [`nginx@SHA256:${DIGEST.toUpperCase()}`, { name: 'nginx', sha256: DIGEST }],
])('%s', (text, reference) => {
  expect(parseReference(text)).toEqual(reference);
});

describe('says what is wrong, and gives an example', () => {
  test.each([
    '',
    '@1.2',
    ':latest',
    'Nginx',
    'nginx redis',
    'nginx==1.2.3',
    'nginx>=1.2',
    'community/nginx',
    'nginx@',
    'nginx:',
    'nginx@lates',
    'nginx@LTS__1.x',
    'nginx@>>1.2',
    'nginx@sha256:abc',
    `nginx@sha256:${'z'.repeat(64)}`,
    `nginx@sha512:${'a'.repeat(128)}`,
    `nginx:1.2@sha256:${DIGEST.slice(0, 8)}`,
    `nginx:sha256:${DIGEST.slice(0, 8)}`,
    'nginx:a b:c',
    'nginx\u001b[31m',
    'x'.repeat(101),
  ])('%j', (text) => {
    expect(said(text)).toMatchSnapshot();
  });

  test('however long the text is', () => {
    for (const text of ['x'.repeat(1e6), `nginx@${'1'.repeat(1e6)}`, `nginx:${'@'.repeat(1e6)}`, '@'.repeat(1e6)]) {
      expect(said(text).length).toBeLessThan(1000);
    }
  });
});

function said(text: string): string {
  try {
    parseReference(text);
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'usage') return `${error.message}\n${error.hint}`;
    throw error;
  }
  throw new Error('it was read');
}

test('a text is a reference, which is written as it was read, or refused with words', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'nginx@:sha2561.0x<>=^~ |-*'.split('')) }),
    fc.tuple(fc.constantFrom('nginx@', 'nginx:', 'nginx'), fc.string()).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (each) => {
      let reference: PackReference;
      try {
        reference = parseReference(each);
      } catch (error) {
        expect(error).toMatchObject({ code: 'usage' });
        return;
      }
      expect(isPackName(reference.name)).toBe(true);
      expect(parseReference(referenceText(reference))).toEqual(reference);
    }),
  );
});
