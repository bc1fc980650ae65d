import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { ageText, isOldEnough, minAgeOf, oldEnoughAt, parseAge } from '../../src/client/min-age.ts';
import { releaseDocument } from '../helpers/packs-registry.ts';
import { failureOf } from '../helpers/rejection.ts';

const HOUR = 3_600_000;

test.each([
  ['90m', 1.5 * HOUR],
  ['12h', 12 * HOUR],
  ['3d', 72 * HOUR],
  [' 2 w ', 336 * HOUR],
  ['0d', 0],
])('%s', (text, age) => {
  expect(parseAge(text)).toBe(age);
  expect(minAgeOf(text)).toBe(age);
});

test.each(['', '3', 'd', '-3d', '1.5d', '3 days', 'P3D', '999999d', '3D'])('%j is no span of time', async (text) => {
  expect(parseAge(text)).toBeUndefined();
  expect(await failureOf((async () => minAgeOf(text))())).toEqual({
    code: 'usage',
    message: `${JSON.stringify(text)} is no span of time.`,
    hint: 'Write a whole number and w, d, h or m, for weeks, days, hours or minutes: 3d, 12h, 2w.',
  });
});

test('a span in words', () => {
  const words = [-1, 0, 59_999, 60_000, 90 * 60_000, 23 * HOUR, 24 * HOUR, 14 * 24 * HOUR].map(ageText);
  expect(words).toEqual(['0 minutes', '0 minutes', '0 minutes', '1 minute', '1 hour', '23 hours', '1 day', '14 days']);
});

test('a release is old enough from the very millisecond on', () => {
  const release = releaseDocument('nginx', { version: '1.0.0', publishedAt: '2026-05-01T00:00:00Z' });
  const at = Date.parse('2026-05-01T12:00:00Z');
  expect(oldEnoughAt(release, 12 * HOUR)).toBe(at);
  expect([at - 1, at, at + 1].map((now) => isOldEnough(release, 12 * HOUR, now))).toEqual([false, true, true]);
});

test('a release without a time, or with one that is none, is younger than any age', () => {
  const { publishedAt: _, ...untimed } = releaseDocument('nginx', { version: '1.0.0' });
  const broken = { ...untimed, publishedAt: '2026-99-99T99:99:99Z' };
  for (const release of [untimed, broken]) {
    expect(isOldEnough(release, 1, Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(isOldEnough(release, 0, 0)).toBe(true);
  }
});

test('what is old enough stays so', () => {
  const release = releaseDocument('nginx', { version: '1.0.0' });
  const time = fc.integer({ min: 0, max: 1e14 });
  fc.assert(
    fc.property(time, time, time, (minAge, now, more) => {
      if (isOldEnough(release, minAge, now)) expect(isOldEnough(release, minAge, now + more)).toBe(true);
    }),
  );
});
