import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { allowedTypos, isFarther, lettersIn, typosBetween } from '../../../src/client/search/typos.ts';

test.each([
  ['', '', 0],
  ['a', '', 1],
  ['kafka', 'kafak', 1],
  ['kafka', 'kafk', 1],
  ['kafka', 'kafkaa', 1],
  ['kafka', 'kofka', 1],
  ['kubernetes', 'kubrenetse', 2],
  ['ca', 'abc', undefined],
  ['kafka', 'nginx', undefined],
])('%j and %j', (a, b, typos) => {
  expect(typosBetween(a, b, 2)).toBe(typos);
});

test('short words have to be right', () => {
  expect([1, 3, 4, 7, 8, 100].map(allowedTypos)).toEqual([0, 0, 1, 1, 2, 2]);
});

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });

test('is what the whole table says, where it is no more than allowed', () => {
  fc.assert(
    fc.property(word, word, fc.nat({ max: 6 }), (a, b, most) => {
      const steps = wholeTable(a, b);
      expect(typosBetween(a, b, most)).toBe(steps <= most ? steps : undefined);
    }),
    { numRuns: 2000 },
  );
});

test('words that are told to be farther by their letters are', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), fc.nat({ max: 3 }), (a, b, most) => {
      if (isFarther(lettersIn(a), lettersIn(b), most)) expect(typosBetween(a, b, most)).toBeUndefined();
    }),
  );
});

/** The distance as its definition says it, without any bound. */
function wholeTable(a: string, b: string): number {
  const at = (row: number, column: number): number => {
    if (row === 0 || column === 0) return row + column;
    return table[row]?.[column] ?? Infinity;
  };
  const table: number[][] = [[]];
  for (let row = 1; row <= a.length; row += 1) {
    table[row] = [];
    for (let column = 1; column <= b.length; column += 1) {
      const [same, swapped] = [
        a[row - 1] === b[column - 1],
        a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1],
      ];
      const steps = [at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (same ? 0 : 1)];
      if (row > 1 && column > 1 && swapped) steps.push(at(row - 2, column - 2) + 1);
      (table[row] as number[])[column] = Math.min(...steps);
    }
  }
  return at(a.length, b.length);
}
