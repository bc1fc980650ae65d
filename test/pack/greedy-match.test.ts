import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { matchesAll, STAR } from '../../src/pack/greedy-match.ts';

type Pattern = readonly (string | typeof STAR)[];

function matches(pattern: Pattern, text: string, work: { left: number } = { left: 1_000_000 }): boolean {
  return matchesAll(pattern, text.length, (item, index) => item === text[index], work);
}

/** Tries every place for every star. */
function matchesSlowly([item, ...rest]: Pattern, text: string): boolean {
  if (item === undefined) return text === '';
  if (item !== STAR) return text.startsWith(item) && matchesSlowly(rest, text.slice(1));
  return Array.from({ length: text.length + 1 }, (_, at) => at).some((at) => matchesSlowly(rest, text.slice(at)));
}

test('gives the answer of a search that tries everything, in few steps', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', STAR), { maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
  fc.assert(
    fc.property(pattern, text, (items, characters) => {
      const work = { left: 1000 };
      expect(matches(items, characters, work)).toBe(matchesSlowly(items, characters));
      expect(1000 - work.left).toBeLessThanOrEqual((items.length + 1) * (characters.length + 1));
    }),
    { numRuns: 3000 },
  );
});

test('stops when the work is used up', () => {
  const work = { left: 3 };
  expect(matches(['a', 'a', 'a', 'a'], 'aaaa', work)).toBe(false);
  expect(work.left).toBe(-1);
});
