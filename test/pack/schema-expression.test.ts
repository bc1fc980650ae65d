import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseSchemaExpression, printSchemaExpression } from '../../src/pack/schema-expression.ts';
import type { FormatPart } from '../../src/pack/schema-format.ts';

const NOTHING = { required: false, readonly: false, format: [], hints: [] };

test.each<[string, object]>([
  ['{{ required }}', { required: true }],
  ['{{readonly}}', { readonly: true }],
  [' {{ hints "a" "b" }}\n', { hints: ['a', 'b'] }],
  ['{{ hints "a" | "b" | hints "c" }}', { hints: ['a', 'b', 'c'] }],
  [
    '{{ format "${string}" | hints "say }} and | and \\"so\\"" | required}}',
    { required: true, format: [{ type: 'string' }], hints: ['say }} and | and \\"so\\"'] },
  ],
])('%s', (text, expected) => {
  expect(parseSchemaExpression(text)).toEqual({ expression: { ...NOTHING, ...expected } });
});

test.each<[string, number, number, string]>([
  ['', 0, 1, 'it is empty'],
  ['required', 0, 2, 'it does not begin with "{{"'],
  ['{{ required', 10, 1, 'it does not end with "}}"'],
  ['{{ required }', 12, 1, 'it does not end with "}}"'],
  ['{{ }}', 0, 5, 'it asks for nothing'],
  ['{{ required }} x', 15, 1, '"x" stands behind "}}"'],
  ['{{ requird }}', 3, 7, '"requird" is not known: did you mean "required"?'],
  ['{{ regex }}', 3, 5, '"regex" is not known: the words are required, readonly, format, hints'],
  ['{{ required | }}', 14, 2, 'nothing stands in front of "}}"'],
  ['{{ | required }}', 3, 1, 'nothing stands in front of "|"'],
  ['{{ required format "${string}" }}', 12, 6, '"format" stands behind "required", where "|" is wanted'],
  ['{{ required "a" }}', 12, 3, 'a text in quotes stands behind "required", where "|" is wanted'],
  ['{{ format }}', 3, 6, 'behind "format" stands no text in quotes'],
  ['{{ format "${string}" "b" }}', 22, 3, 'a text in quotes stands behind "format", where "|" is wanted'],
  ['{{ format "${string}" | format "${string}" }}', 24, 6, '"format" stands twice'],
  ['{{ hints a }}', 3, 5, 'behind "hints" stands no text in quotes'],
  ['{{ hints "a" b }}', 13, 1, '"b" stands behind "hints", where "|" is wanted'],
  ['{{ "a" }}', 3, 3, 'a text in quotes stands where a word is wanted'],
  ['{{ required | hints "a }}', 20, 1, 'a quote is not closed'],
  ['{{ format "${strin}" }}', 13, 5, '"strin" is no type: did you mean "string"?'],
])('%j is wrong', (text, offset, length, reason) => {
  expect(parseSchemaExpression(text)).toEqual({ problem: { offset, length, reason } });
});

test('an expression without end is not looked at', () => {
  expect(parseSchemaExpression('"'.repeat(20_001))).toMatchObject({ problem: { offset: 0 } });
});

const word = fc.stringMatching(/^[a-zA-Z0-9 .|{}_-]{1,12}$/u);
const type = fc.constantFrom('string', 'number', 'password', 'ipv4', 'version');
const placeholder = fc.oneof<fc.Arbitrary<FormatPart>[]>(
  fc.record({ type: fc.constantFrom('string', 'boolean', 'ipv4') }),
  fc.record({ type, pattern: fc.stringMatching(/^(?:[a-z0-9]|\[\/\}\]|\(a\|b\)|\\\/|\\"|x\{2\}){0,6}$/u) }),
  fc.tuple(fc.integer(), fc.nat()).map(([least, more]) => ({ type: 'number', least, most: least + more })),
  fc.record({ type: fc.constant('list'), options: fc.array(fc.stringMatching(/^[A-Za-z0-9-]+$/u), { minLength: 1 }) }),
);
const format = fc
  .array(fc.tuple(fc.option(word, { nil: undefined }), placeholder), { maxLength: 4 })
  .map((parts) => parts.flatMap(([text, part]) => (text === undefined ? [part] : [{ text }, part])));
const expression = fc
  .record({
    required: fc.boolean(),
    readonly: fc.boolean(),
    format,
    hints: fc.array(fc.stringMatching(/^(?:[^"\\]|\\[^])*$/u), { maxLength: 3 }),
  })
  .filter((made) => made.required || made.readonly || made.format.length > 0 || made.hints.length > 0);

test('what is printed reads as it was', () => {
  fc.assert(
    fc.property(expression, (made) => {
      expect(parseSchemaExpression(printSchemaExpression(made))).toEqual({ expression: made });
    }),
  );
});

test('any text is read or refused, and the problem lies within it', () => {
  const pieces = fc.constantFrom(
    '{{',
    '}}',
    '|',
    '"',
    '\\',
    '${',
    'format',
    'hints',
    'list',
    ':[',
    ']}',
    '/',
    '(',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((list) => `{{${list.join('')}}}`),
      ),
      (text) => {
        const parsed = parseSchemaExpression(text);
        if ('problem' in parsed) expect(parsed.problem.offset).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});
