import { expect, test } from 'vitest';

import { acceptedEncoding } from '../../../src/publish/serve/accepted-encoding.ts';

test.each([
  ['', undefined],
  ['identity', undefined],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP', 'gzip'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', undefined],
  ['gzip;q=0', undefined],
  ['gzip;q=0.3, identity;q=0.9', undefined],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['br;q=0, *', 'gzip'],
  ['gzip; q=1', 'gzip'],
  ['gzip;q=nonsense', undefined],
  ['deflate', undefined],
])('of "%s" it is %s', (header, expected) => {
  expect(acceptedEncoding(header)).toBe(expected);
});
