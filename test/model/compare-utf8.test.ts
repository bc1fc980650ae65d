import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { compareUtf8 } from '../../src/model/compare-utf8.ts';

test('texts are ordered by their UTF-8 bytes', () => {
  const text = fc.string({
    unit: fc.constantFrom('', 'a', '/', 'é', '\ud7ff', '\ue000', '\uffff', '🦊', '\u{10000}'),
    maxLength: 4,
  });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 2000 },
  );
});

test('where code units would say otherwise', () => {
  expect(compareUtf8('\uffff', '🦊')).toBeLessThan(0);
  expect(compareUtf8('🦊', '\uffff')).toBeGreaterThan(0);
});

test('any texts, even with half a character in them, have one order', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '\ud800', '\ud801', '\udc00', '\ue000', '\uffff', '🦊'),
    maxLength: 3,
  });
  fc.assert(
    fc.property(text, text, text, (...texts) => {
      const [a, b, c] = texts.toSorted(compareUtf8) as [string, string, string];
      expect([compareUtf8(a, b), compareUtf8(b, c), compareUtf8(a, c)].every((order) => order <= 0)).toBe(true);
      expect(compareUtf8(a, b) === 0).toBe(a === b);
      expect(compareUtf8(b, a) + compareUtf8(a, b)).toBe(0);
    }),
    { numRuns: 5000 },
  );
});
