import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { markdownProse } from '../../src/pack/markdown-prose.ts';

test.each<[string, string]>([
  ['a `b` c', 'a     c'],
  ['a ``b ` c`` d', 'a           d'],
  ['a ` b', 'a ` b'],
  ['a `b\n\nc` d', 'a `b\n\nc` d'],
  ['```\na\n```\nb', '   \n \n   \nb'],
  ['~~~~ yaml\n~~~\n~~~~\nb', '         \n   \n    \nb'],
  ['- ```\n  a\n  ```\nb', '     \n   \n     \nb'],
  ['```a``` b', '        b'],
  ['```\na', '   \n '],
  ['a\n\n    b\n\n    c\nd', 'a\n\n     \n\n     \nd'],
  ['a\n    b', 'a\n    b'],
  ['- a\n\n    b', '- a\n\n    b'],
  ['a <!-- b\nc --> d', 'a       \n      d'],
  ['a <!-- b', 'a <!-- b'],
])('%j', (markdown, prose) => {
  expect(markdownProse(markdown)).toBe(prose);
});

test('offsets and lines stay', () => {
  const pieces = fc.constantFrom(
    '`',
    '``',
    '```',
    '~~~',
    '\n',
    '\n\n',
    '    ',
    '- ',
    '> ',
    'a',
    '<!--',
    '-->',
    '\r',
    '😀',
  );
  fc.assert(
    fc.property(fc.array(pieces), (list) => {
      const markdown = list.join('');
      const prose = markdownProse(markdown);
      expect(prose).toHaveLength(markdown.length);
      expect(prose.split('\n').map(({ length }) => length)).toEqual(markdown.split('\n').map(({ length }) => length));
    }),
  );
});
