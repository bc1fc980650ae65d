import { parseEvents } from 'js-yaml';
import { expect, test } from 'vitest';

import { duplicateKey } from '../../src/pack/yaml-duplicate-key.ts';

function found(text: string): [string, string, string] | undefined {
  const duplicate = duplicateKey(text, parseEvents(text, {}));
  if (duplicate === undefined) return undefined;
  const { key, first, second } = duplicate;
  return [key, text.slice(0, first.start), text.slice(0, second.start)];
}

test.each([
  ['at the root', 'a: 1\na: 2', ['a', '', 'a: 1\n']],
  ['deeper', 'x:\n  - a: 1\n    b: {a: 1}\n    a: 2', ['a', 'x:\n  - ', 'x:\n  - a: 1\n    b: {a: 1}\n    ']],
  ['with other quotes', `"a": 1\n'a': 2`, ['a', '"', `"a": 1\n'`]],
  ['in braces', '{a: 1, a: 2}', ['a', '{', '{a: 1, ']],
  ['without a key', ': 1\n: 2', ['', '', '']],
])('a key that stands twice %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  ['nothing', ''],
  ['a key in two mappings', 'a: {b: 1}\nb: {b: 1}'],
  ['a key that is a value too', 'a: b\nb: a'],
  ['a key in two items', '- a: 1\n- a: 2'],
  ['two merge keys', '<<: {a: 1}\n<<: {b: 1}'],
  ['keys that are no scalars', '? {a: 1}\n: 1\n? {a: 1}\n: 2'],
])('%s is no duplicate', (_, text) => {
  expect(found(text)).toBeUndefined();
});
