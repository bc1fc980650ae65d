import { expect, test } from 'vitest';

import { schemaTokens } from '../../src/pack/schema-tokens.ts';

function tokens(expression: string): string[] {
  return schemaTokens(expression).map(({ kind, text }) => `${kind} ${text}`);
}

test('an expression is cut into words, texts and signs', () => {
  expect(tokens('{{required|hints "a \\"b\\"" "}}" }}')).toEqual([
    'open {{',
    'word required',
    'pipe |',
    'word hints',
    'string a \\"b\\"',
    'string }}',
    'close }}',
  ]);
});

test('offsets are those of the piece with its quotes', () => {
  expect(schemaTokens(' "a"')).toEqual([{ kind: 'string', text: 'a', start: 1, end: 4 }]);
});

test.each<[string, string[]]>([
  ['', []],
  [' \n\t', []],
  ['""', ['string ']],
  ['"a', ['unclosed "a']],
  ['"a\\"', ['unclosed "a\\"']],
  ['{a}', ['other {', 'word a', 'other }']],
])('%j', (expression, expected) => {
  expect(tokens(expression)).toEqual(expected);
});
