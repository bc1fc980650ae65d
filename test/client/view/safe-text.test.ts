import { expect, test } from 'vitest';

import { isHarmless, safeText, withLineEnd } from '../../../src/client/view/safe-text.ts';

test('line ends, tabs and a byte order mark do no harm', () => {
  const text = '\ufeffa\r\n\tb\n';
  expect([isHarmless(text), safeText(text)]).toEqual([true, 'a\n\tb\n']);
});

test.each(['a\rb', '\u001b[2J', 'a\ufeff', '\u009b', '\u202e'])('%j is shown escaped', (text) => {
  expect(isHarmless(text)).toBe(false);
  expect(safeText(text)).toMatch(/\\u[0-9a-f]{4}/u);
});

test('what a log would obey is broken', () => {
  expect(safeText('a\n  ::error::b\nx ::c\n##[group]d\n## [e]')).toBe(
    'a\n  \\u003a:error::b\nx ::c\n\\u0023#[group]d\n## [e]',
  );
});

test('a text ends its last line', () => {
  expect(['', 'a', 'a\n'].map(withLineEnd)).toEqual(['', 'a\n', 'a\n']);
});
