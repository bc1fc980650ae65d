import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { alonePeriods } from '../../src/build/alone-periods.ts';

test('a stay without others is alone all the time', () => {
  const [ended, open] = [{ from: 1, until: 3 }, { from: 3 }];
  expect(alonePeriods([ended, open])).toEqual([
    { stay: ended, from: 1, until: 3 },
    { stay: open, from: 3 },
  ]);
  expect(alonePeriods([])).toEqual([]);
});

test('stays at the same time are not alone until one ends', () => {
  const [first, second] = [
    { from: 0, until: 9 },
    { from: 2, until: 4 },
  ];
  expect(alonePeriods([first, second])).toEqual([
    { stay: first, from: 0, until: 2 },
    { stay: first, from: 4, until: 9 },
  ]);
  expect(alonePeriods([{ from: 0 }, { from: 0 }])).toEqual([]);
});

test('at every commit the only stay is found, and no other', () => {
  const stay = fc.record({ from: fc.nat(12), length: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(stay, { maxLength: 6 }), (drawn) => {
      const stays = drawn
        .map(({ from, length }) => ({ from, ...(length !== undefined && { until: from + length }) }))
        .toSorted((a, b) => a.from - b.from);
      const periods = alonePeriods<{ from: number; until?: number }>(stays);
      for (let position = 0; position < 24; position += 1) {
        const at = ({ from, until = Number.POSITIVE_INFINITY }: { from: number; until?: number }): boolean =>
          from <= position && position < until;
        const there = stays.filter(at);
        expect(periods.filter(at).map((period) => period.stay)).toEqual(there.length === 1 ? there : []);
      }
    }),
  );
});
