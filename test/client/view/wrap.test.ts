import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Paint } from '../../../src/check/format-finding.ts';
import { lineText, piece, widthOf } from '../../../src/client/view/pieces.ts';
import { wrap } from '../../../src/client/view/wrap.ts';

const tagged: Paint = (style, text) => `<${style}>${text}</${style}>`;
const plain: Paint = (_style, text) => text;

test('lines end between words, also where a word has several styles', () => {
  const pieces = [piece('one two'), piece('three', 'bold'), piece(' four  five')];
  expect(wrap(pieces, 8).map((line) => lineText(line, tagged))).toEqual([
    'one',
    'two<bold>three</bold>',
    'four',
    'five',
  ]);
});

test('a word that is too long is broken, an address is not', () => {
  const pieces = [piece('abcdefgh https://example.com/a/b 日本語日本')];
  expect(wrap(pieces, 5).map((line) => lineText(line, plain))).toEqual([
    'abcde',
    'fgh',
    'https://example.com/a/b',
    '日本',
    '語日',
    '本',
  ]);
});

test('a word that is too long is rather broken behind a mark in it', () => {
  const pieces = [piece('charts.hello-'), piece('yard.replicaCount', 'bold')];
  expect(wrap(pieces, 18).map((line) => lineText(line, tagged))).toEqual([
    'charts.hello-<bold>yard.</bold>',
    '<bold>replicaCount</bold>',
  ]);
  expect(wrap([piece('a.bcdefghijklmn')], 10).map((line) => lineText(line, plain))).toEqual(['a.bcdefghi', 'jklmn']);
});

test('keeps every word, and no line is too long', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '-', ' ', '日', 'e\u0301'), maxLength: 60 }),
      fc.integer({ min: 2, max: 20 }),
      (text, width) => {
        const lines = wrap([piece(text)], width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        const letters = lines.map((line) => lineText(line, plain)).join('');
        expect(letters.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      },
    ),
  );
});
