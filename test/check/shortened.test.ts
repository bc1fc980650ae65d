import { expect, test } from 'vitest';

import { shortened } from '../../src/check/shortened.ts';

test('only long text is cut', () => {
  expect(shortened('a'.repeat(200))).toBe('a'.repeat(200));
  expect(shortened('a'.repeat(201))).toBe(`${'a'.repeat(199)}…`);
});
