import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { nearestSpan, pathKey } from '../../src/pack/source-document.ts';

test('two paths of keys have one string only when they are equal', () => {
  const path = fc.array(fc.string({ unit: fc.constantFrom('a', '/', '~', '0', '1'), maxLength: 3 }), { maxLength: 3 });
  fc.assert(
    fc.property(path, path, (a, b) => {
      expect(pathKey(a) === pathKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 3000 },
  );
});

test('what is not known is found at what contains it, and nothing at the beginning', () => {
  const whole = { start: 0, end: 9 };
  const inner = { start: 5, end: 8 };
  const key = { start: 1, end: 4 };
  const spans = {
    values: new Map([
      ['', whole],
      ['/a', inner],
    ]),
    keys: new Map([['/a', key]]),
  };
  expect(nearestSpan(spans, ['a'], 'key')).toBe(key);
  expect(nearestSpan(spans, ['a', 0, 'b'], 'value')).toBe(inner);
  expect(nearestSpan(spans, ['a', 'b'], 'key')).toBe(inner);
  expect(nearestSpan(spans, ['c'], 'key')).toBe(whole);
  expect(nearestSpan({ values: new Map(), keys: new Map() }, ['a'], 'value')).toEqual({ start: 0, end: 1 });
});
