import { expect, test } from 'vitest';

import { findingOf } from '../../src/pack/finding-of.ts';

test('a finding is an error without a place unless it is said otherwise', () => {
  const place = { line: 1, column: 2, endColumn: 3, source: '{' };
  expect(findingOf('pack/empty', 'pack.json', {})).toStrictEqual({
    rule: 'pack/empty',
    severity: 'error',
    file: 'pack.json',
    args: {},
  });
  expect(findingOf('pack/empty', 'pack.json', {}, { place, severity: 'hint' })).toStrictEqual({
    rule: 'pack/empty',
    severity: 'hint',
    file: 'pack.json',
    place,
    args: {},
  });
});
