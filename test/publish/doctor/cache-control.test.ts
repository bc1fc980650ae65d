import { expect, test } from 'vitest';

import { cacheControl } from '../../../src/publish/doctor/cache-control.ts';

test.each([
  [null, undefined, false, false],
  ['', undefined, false, false],
  ['no-cache', 0, false, false],
  ['max-age=31536000, no-cache', 0, false, false],
  ['public, max-age=31536000, immutable', 31_536_000, true, false],
  ['MAX-AGE="60" , Immutable', 60, true, false],
  ['max-age=0, s-maxage=600', 600, false, false],
  ['no-store', undefined, false, true],
  ['max-age=soon', undefined, false, false],
  ['max-age=-5', undefined, false, false],
])('%s', (header, lasts, immutable, noStore) => {
  expect(cacheControl(header)).toEqual({ lasts, immutable, noStore });
});
