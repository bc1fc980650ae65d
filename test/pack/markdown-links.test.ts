import { expect, test } from 'vitest';

import { markdownLinks } from '../../src/pack/markdown-links.ts';

test.each<[string, string[]]>([
  ['[a](b.md)', ['b.md']],
  ['![a](b.png "A title")', ['b.png']],
  ["[a](b.md 'A title')", ['b.md']],
  ['[a]( <b c.md> )', ['b c.md']],
  ['[a](b(1).md)', ['b(1).md']],
  ['[a](b\\).md)', ['b\\).md']],
  ['[![a](b.png)](c.md)', ['b.png', 'c.md']],
  ['[`a`](b.md)', ['b.md']],
  ['[a]()', ['']],
  ['[a]: b.md\n[c]: <d e.md> "title"', ['b.md', 'd e.md']],
  ['<img src="a.png" alt="b"> <a class=x href=\'c.md\'>c</a>', ['a.png', 'c.md']],
  ['Text [a](b.md)\nmore [c](d.md)', ['b.md', 'd.md']],
])('%j', (markdown, targets) => {
  expect(markdownLinks(markdown).map(({ target }) => target)).toEqual(targets);
});

test.each([
  'a](b.md)',
  '\\[a](b.md)',
  '[a\\](b.md)',
  '[a] (b.md)',
  '[a](b c.md)',
  '[a](b.md',
  '[a](<b.md)',
  '[a\n\nb](c.md)',
  '`[a](b.md)`',
  '```\n[a](b.md)\n```',
  '<!-- [a](b.md) -->',
  '[^1]: b.md',
  '[Note]: this is no definition',
  '<span href="a">',
])('no link: %j', (markdown) => {
  expect(markdownLinks(markdown)).toEqual([]);
});

test('offsets are those of the target', () => {
  expect(markdownLinks('see [a](b.md)')).toEqual([{ target: 'b.md', start: 8, end: 12 }]);
});

test.each([
  '[',
  '[a](',
  '[](',
  '](',
  '<a ',
  '<img src="',
  '`',
  '``` `',
  '[a]: <',
  '\\',
  '- ',
  '<!--',
  '[x](\\',
  '[a](b ',
])('a megabyte of %j takes no time', (piece) => {
  expect(markdownLinks(piece.repeat(1_048_576 / piece.length))).toBeInstanceOf(Array);
});
