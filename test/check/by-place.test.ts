import { expect, test } from 'vitest';

import { byPlace } from '../../src/check/by-place.ts';
import type { Finding } from '../../src/model/finding.ts';
import { findingOf } from '../../src/pack/finding-of.ts';

const at = (file: string, line?: number, column = 1, rule: 'pack/empty' | 'values/missing' = 'pack/empty'): Finding =>
  findingOf(rule, file, {}, line === undefined ? {} : { place: { line, column, endColumn: column + 1, source: '' } });
const ordered = [
  at('B'),
  at('a'),
  at('a', undefined, 1, 'values/missing'),
  at('a', 1, 1),
  at('a', 1, 2),
  at('a', 1, 10, 'pack/empty'),
  at('a', 1, 10, 'values/missing'),
  at('a', 2, 1),
  at('a', 10, 1),
  at('ä'),
];

test('orders by file, line, column and rule, whatever the order before', () => {
  expect(ordered.toReversed().toSorted(byPlace)).toEqual(ordered);
  expect([...ordered.slice(5), ...ordered.slice(0, 5)].toSorted(byPlace)).toEqual(ordered);
});
