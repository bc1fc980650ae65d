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
