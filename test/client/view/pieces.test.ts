import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Paint } from '../../../src/check/format-finding.ts';
import { fitted, lineText, piece, widthOf, type Pieces } from '../../../src/client/view/pieces.ts';

const tagged: Paint = (style, text) => `<${style}>${text}</${style}>`;
const plain: Paint = (_style, text) => text;

test('nothing of a text reaches the terminal unescaped', () => {
  expect(lineText([piece('a\u001b[31m\u009b\n\t\u202e\u0007', 'bold')], tagged)).toBe(
    String.raw`<bold>a\u001b[31m\u009b\n\t\u202e\u0007</bold>`,
  );
});

test.each([
  [[piece('  :'), piece(':error::x', 'bold')], String.raw`  \u003a:error::x`],
  [[piece('#'), piece('#[group]x', 'bold')], String.raw`\u0023#[group]x`],
])('a line is no command for a log, whatever parts it has', (pieces, line) => {
  expect(lineText(pieces, plain)).toBe(line);
});

describe('what fits', () => {
  test.each<readonly [Pieces, number, string]>([
    [[piece('short')], 5, 'short'],
    [[piece('longer')], 5, 'long…'],
    [[piece('日本語')], 4, '日…'],
    [
      [piece('a very long text before '), piece('found', 'bold'), piece(' and more behind')],
      12,
      '…re <bold>found</bold> a…',
    ],
    [[piece('a '), piece('found', 'bold'), piece(' and more behind')], 12, 'a <bold>found</bold> and…'],
    [[piece('anything')], 0, ''],
  ])('%j in %d columns', (pieces, width, text) => {
    expect(lineText(fitted(pieces, width), tagged)).toBe(text);
  });

  test('never takes more than there is', () => {
    const part = fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.boolean())
      .map(([text, bold]) => piece(text, bold ? 'bold' : undefined));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.integer({ min: 1, max: 30 }), (pieces, width) => {
        expect(widthOf(fitted(pieces, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
