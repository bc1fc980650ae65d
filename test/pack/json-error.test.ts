import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { jsonError } from '../../src/pack/json-error.ts';

test.each([
  // Where something else is wanted.
  ['{"a": 1 // no\n}', '"/" stands where a comma or "}" is wanted', '/'],
  ['/* no */ {}', '"/" stands where a value is wanted', '/'],
  ['[1,\n2,]', '"]" stands where a value is wanted', ']'],
  ['{"a": 1,}', '"}" stands where a key is wanted', '}'],
  ['{,}', '"," stands where a key or "}" is wanted', ','],
  ['[,]', '"," stands where a value or "]" is wanted', ','],
  ['[1}', '"}" stands where a comma or "]" is wanted', '}'],
  ['{"a" 1}', '"1" stands where ":" is wanted', '1'],
  ['{"a" = 1}', '"=" stands where ":" is wanted', '='],
  ['{"a": }', '"}" stands where a value is wanted', '}'],
  ['{"a": 1 "b": 2}', 'a string stands where a comma or "}" is wanted', '"'],
  ['["a" "b"]', 'a string stands where a comma or "]" is wanted', '"'],
  ["{'a': 1}", '"\'" stands where a key or "}" is wanted', "'"],
  ['{“a”: 1}', '"“" stands where a key or "}" is wanted', '“'],
  ['{} {}', '"{" stands behind the end of the document', '{'],
  ['{}]', '"]" stands behind the end of the document', ']'],
  ['[\u00a01]', 'the character U+00A0 stands where a value or "]" is wanted', '\u00a0'],
  ['[\u{e0041}]', 'the character U+E0041 stands where a value or "]" is wanted', '\udb40'],
  ['\uFEFF{}', 'the character U+FEFF stands where a value is wanted', '\uFEFF'],
  // Words and numbers.
  ['{"a": yes}', '"yes" stands where a value is wanted', 'yes'],
  ['[True]', '"True" stands where a value or "]" is wanted', 'True'],
  ['[NaN]', '"NaN" stands where a value or "]" is wanted', 'NaN'],
  ['{name: 1}', 'the key "name" has no quotes', 'name'],
  ['{"a": 1, 2: 3}', 'the key "2" has no quotes', '2'],
  ['[01]', '"01" is not a number in JSON', '01'],
  ['[+1]', '"+1" is not a number in JSON', '+1'],
  ['[.5]', '".5" is not a number in JSON', '.5'],
  ['[5.]', '"5." is not a number in JSON', '5.'],
  ['[0x1F]', '"0x1F" is not a number in JSON', '0x1F'],
  ['[1.2.3]', '"1.2.3" is not a number in JSON', '1.2.3'],
  ['[-]', '"-" is not a number in JSON', '-'],
  [`[1${'0'.repeat(50)}x]`, `"1${'0'.repeat(39)}…" is not a number in JSON`, `1${'0'.repeat(50)}x`],
  // Strings.
  ['["a\nb"]', 'a line break stands inside a string', '\n'],
  ['["a\tb"]', 'a tab stands inside a string', '\t'],
  ['["a\u0001b"]', 'the character U+0001 stands inside a string', '\u0001'],
  ['["C:\\Users"]', 'a backslash stands before what cannot be escaped', '\\U'],
  ['["\\u12G4"]', 'a backslash stands before what cannot be escaped', '\\u'],
  // Cut off.
  ['', 'the text ends too early, where a value is wanted', ''],
  ['{"a": 1\n\n', 'the text ends too early, where a comma or "}" is wanted', '1'],
  ['{"a": "b', 'the text ends too early, inside a string', 'b'],
  ['{"a": "b\\', 'the text ends too early, inside a string', '\\'],
  ['{"a":', 'the text ends too early, where a value is wanted', ':'],
  ['{"a"', 'the text ends too early, where ":" is wanted', '"'],
  ['{', 'the text ends too early, where a key or "}" is wanted', '{'],
  ['{"a": 1,', 'the text ends too early, where a key is wanted', ','],
  ['[', 'the text ends too early, where a value or "]" is wanted', '['],
])('%j: %s', (text, reason, found) => {
  const error = jsonError(text);
  expect(error?.reason).toBe(reason);
  expect(text.slice(error?.start, error?.end)).toBe(found);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('agrees with JSON.parse', () => {
  const pieces = fc.oneof(
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '-', '.', 'e', '+', '/'),
    fc.constantFrom('"a"', '"a":', '1', '0', 'null', 'true', ' ', '\n', '\t', '\\u00e9', 'é', '\u00a0'),
  );

  test('on any text', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(any, (text) => {
        expect(jsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 10_000 },
    );
  });

  test('on JSON of which one character is another', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.nat(2), pieces, (json, position, removed, piece) => {
        expect(jsonError(json)).toBeUndefined();
        const at = position % (json.length + 1);
        const text = json.slice(0, at) + piece + json.slice(at + removed);
        expect(jsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 5000 },
    );
  });
});

test('a megabyte of anything gets its answer', () => {
  for (const piece of ['[', '{"a":', '"', '\\"', '"\\', '1', 'a', ' ', '1 ', '-', '"a",']) {
    expect(jsonError(`[${piece.repeat(1_000_000 / piece.length)}`)?.reason).toMatch(/ /u);
    expect(jsonError(`["${piece.repeat(1_000_000 / piece.length)}`)?.reason).toMatch(/ /u);
  }
});
