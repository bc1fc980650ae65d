import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { placeAt } from '../../src/pack/place.ts';

const TEXT = 'first\n\tsecond\r\n\nlast 🦊!';

test.each([
  ['the beginning', 0, 1, { line: 1, column: 1, endColumn: 2, source: 'first' }],
  ['a word', 7, 13, { line: 2, column: 2, endColumn: 8, source: '\tsecond' }],
  ['more than a line', 7, 20, { line: 2, column: 2, endColumn: 8, source: '\tsecond' }],
  ['a line feed', 5, 6, { line: 1, column: 6, endColumn: 7, source: 'first' }],
  ['an empty line', 15, 16, { line: 3, column: 1, endColumn: 2, source: '' }],
  ['code units after a wide character', 23, 24, { line: 4, column: 8, endColumn: 9, source: 'last 🦊!' }],
  ['the end', 24, 25, { line: 4, column: 9, endColumn: 10, source: 'last 🦊!' }],
  ['behind the end', 99, 120, { line: 4, column: 9, endColumn: 10, source: 'last 🦊!' }],
  ['in front of the beginning', -1, 0, { line: 1, column: 1, endColumn: 2, source: 'first' }],
])('%s', (_, start, end, place) => {
  expect(placeAt(TEXT, start, end)).toEqual(place);
});

test('a text that begins with an empty line', () => {
  expect(placeAt('\nsecond', 0)).toEqual({ line: 1, column: 1, endColumn: 2, source: '' });
  expect(placeAt('\nsecond', 1)).toEqual({ line: 2, column: 1, endColumn: 2, source: 'second' });
});

test('a long line is cut, its columns are not', () => {
  const place = placeAt('x'.repeat(1000), 500, 510);
  expect(place).toEqual({ line: 1, column: 501, endColumn: 511, source: 'x'.repeat(160) });
});

test('line and column lead back to the offset', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '🦊'), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.nat({ max: 30 }), (source, at) => {
      const offset = Math.min(at, source.length);
      const { line, column } = placeAt(source, offset);
      const before = source.split('\n').slice(0, line - 1);
      expect(before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1).toBe(offset);
    }),
    { numRuns: 1000 },
  );
});
