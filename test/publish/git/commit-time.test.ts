import { expect, test } from 'vitest';

import { commitTimeOf, secondsOf } from '../../../src/publish/git/commit-time.ts';

test.each([
  ['1970-01-01T00:00:01Z', 1],
  ['2026-07-01T16:53:28Z', 1_782_924_808],
  ['2026-13-01T16:53:28Z', undefined],
  ['1969-01-01T00:00:00Z', undefined],
  ['2026-07-01', undefined],
])('%s', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});

test.each(['', '[]', '{"source": 1}', '{"source": {"committedAt": 5}}', '\u0000'])('%j says no time', (text) => {
  expect(commitTimeOf(Buffer.from(text))).toBeUndefined();
});
