import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { freshness } from '../../src/remote/freshness.ts';

const DAY = 86_400_000;

test.each([
  [{}, 0, true],
  [{ 'cache-control': 'max-age=600' }, 600_000, true],
  [{ 'cache-control': 'MAX-AGE=600, public' }, 600_000, true],
  [{ 'cache-control': 'max-age="600"' }, 600_000, true],
  [{ 'cache-control': 'max-age=600', age: '590' }, 10_000, true],
  [{ 'cache-control': 'max-age=600', age: '700' }, 0, true],
  [{ 'cache-control': 'no-cache, max-age=600' }, 0, true],
  [{ 'cache-control': 'no-store, max-age=600' }, 600_000, false],
  [{ 'cache-control': 'max-age=9999999999' }, DAY, true],
  [{ 'cache-control': 'max-age=-1' }, 0, true],
  [{ 'cache-control': 's-maxage=600' }, 0, true],
])('%j lasts %d ms', (headers, freshFor, keep) => {
  expect(freshness(new Headers(headers as Record<string, string>))).toEqual({ validators: {}, freshFor, keep });
});

test('by what an answer is known again', () => {
  const headers = new Headers({ etag: 'W/"a"', 'last-modified': 'Wed, 01 Jul 2026 16:53:28 GMT' });
  expect(freshness(headers).validators).toEqual({ etag: 'W/"a"', lastModified: 'Wed, 01 Jul 2026 16:53:28 GMT' });
  expect(freshness(new Headers({ etag: 'x'.repeat(2000), 'last-modified': '' })).validators).toEqual({});
});

test('whatever a host says, nothing lasts longer than a day', () => {
  const text = fc.string({ unit: fc.constantFrom('m', 'a', 'x', '-', 'g', 'e', '=', ',', ' ', '"', '1', '9') });
  fc.assert(
    fc.property(text, text, (control, age) => {
      const { freshFor } = freshness(new Headers({ 'cache-control': control.trim(), age: age.trim() }));
      expect(freshFor).toBeGreaterThanOrEqual(0);
      expect(freshFor).toBeLessThanOrEqual(DAY);
    }),
  );
});
