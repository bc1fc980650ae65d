import { expect, test } from 'vitest';

import { listsTag } from '../../../src/publish/serve/entity-tags.ts';

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", W/"a"', true],
  ['"b","a"', true],
  [' * ', true],
  ['"b"', false],
  ['"ab"', false],
  ['a', false],
  ['', false],
])('does %s name "a"? %s', (header, expected) => {
  expect(listsTag(header, '"a"')).toBe(expected);
});
