import { expect, test } from 'vitest';

import { suppressionComments } from '../../src/check/suppression-comments.ts';

test('a comment has its line, its place in the text, what it is for, its rules and whether it has a reason', () => {
  const text = 'a: 1\n  # packyard: allow a/b, c/d -- known  \nb: 2 # packyard: allow e/f\n';
  expect(suppressionComments('values.yaml', text)).toEqual([
    { line: 2, start: 9, end: 42, target: 3, rules: ['a/b', 'c/d'], hasReason: true },
    { line: 3, start: 52, end: 71, target: 3, rules: ['e/f'], hasReason: false },
  ]);
  expect(text.slice(9, 42)).toBe('packyard: allow a/b, c/d -- known');
});

test('comments alone on lines below each other are for the line below them all, one for the file between them too', () => {
  const text = '# packyard: allow a/b\n# packyard: allow-file c/d\n# packyard: allow e/f\na: 1\n';
  expect(suppressionComments('a.yml', text)).toMatchObject([
    { line: 1, target: 4 },
    { line: 2, rules: ['c/d'] },
    { line: 3, target: 4 },
  ]);
  expect(suppressionComments('a.yml', text)[1]).not.toHaveProperty('target');
});

test('one alone on the last line is for nothing else', () => {
  expect(suppressionComments('a.yml', 'a: 1\n# packyard: allow a/b')).toMatchObject([{ line: 2, target: 2 }]);
});

test.each([
  ['a/b because of CI', ['a/b']],
  ['missing -- known', ['missing']],
  ['a/b c/d,e/f ,, -- known', ['a/b', 'c/d', 'e/f']],
  ['-- known', []],
  ['', []],
])('the rules of "%s"', (words, rules) => {
  expect(suppressionComments('a.yaml', `# packyard: allow ${words}\n`)).toMatchObject([{ rules }]);
});

test.each(['pack.json', 'logo.svg', 'values.yaml.orig', 'README.txt', 'yaml'])('%s has no comments', (file) => {
  expect(suppressionComments(file, '# packyard: allow a/b\n<!-- packyard: allow a/b -->\n')).toEqual([]);
});

test.each(['a.yaml', 'a.YML', 'README.md', 'docs/a.Markdown'])('%s has comments', (file) => {
  const comment = /md|markdown/iu.test(file) ? '<!-- packyard: allow a/b -->' : '# packyard: allow a/b';
  expect(suppressionComments(file, `${comment}\n`)).toHaveLength(1);
});
