import { expect, test } from 'vitest';

import { regularExpressionEnd, regularExpressionProblem } from '../../src/pack/regular-expression.ts';

test.each([
  '',
  '^([a-z0-9].*)$',
  '(?P<name>a)|(?i:b)|(?:c)',
  'a*?b+?c??',
  '[]a]',
  '[^]a]+',
  '[[:alpha:]]*',
  '[\\]]',
  '\\(\\)\\*',
  '\\Q*(\\E*',
  '\\Q(((',
  'a{2,3}}',
  ']',
])('%j is left to RE2', (pattern) => {
  expect(regularExpressionProblem(pattern)).toBeUndefined();
});

test.each<[string, number, number, string]>([
  ['a(b', 1, 1, '"(" is not closed'],
  ['a)b', 1, 1, '")" closes nothing'],
  ['[a', 0, 1, '"[" is not closed'],
  ['[[:alpha', 0, 1, '"[" is not closed'],
  ['a\\', 1, 1, 'a backslash has nothing behind it'],
  ['*a', 0, 1, 'there is nothing for "*" to repeat'],
  ['a|+', 2, 1, 'there is nothing for "+" to repeat'],
  ['a**', 2, 1, '"*" repeats what is repeated already'],
  ['(?=a)', 0, 3, 'RE2 cannot look ahead or behind'],
  ['(?<!a)', 0, 4, 'RE2 cannot look ahead or behind'],
  ['(a)\\1', 3, 2, 'RE2 has no references to groups'],
])('%j is wrong', (pattern, offset, length, reason) => {
  expect(regularExpressionProblem(pattern)).toEqual({ offset, length, reason });
});

test.each<[string, number]>([
  ['a/}', 1],
  ['a/b/}', 3],
  ['\\/}/}', 3],
  ['[/}]/}', 4],
  ['[a/}', 2],
  ['abc', -1],
])('%j ends at %d', (text, end) => {
  expect(regularExpressionEnd(text, 0)).toBe(end);
});
