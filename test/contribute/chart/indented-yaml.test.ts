import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';

import { indentedYaml } from '../../../src/contribute/chart/indented-yaml.ts';
import { parseYaml } from '../../../src/pack/yaml-document.ts';

const LIMITS = { depth: 100, nodes: 100_000 };

test('lines that hold anything are moved, others are not', () => {
  expect(indentedYaml('a: 1\n\n# b\n  c: |\n    x\n \n', 2)).toBe('  a: 1\n\n  # b\n    c: |\n      x\n   \n');
  expect(indentedYaml('', 4)).toBe('');
  expect(indentedYaml('a: "\u2028\u0085\r"', 2)).toBe('  a: "\u2028\u0085\r"');
});

test('what is moved below a key is the same value', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a\n', '\n', 'x\n\n\n', ' lead\n two', '# no comment', 'a: b\n  c'),
  );
  const value = fc.dictionary(text, fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 4 }));
  const options = fc.record({
    lineWidth: fc.constantFrom(0, 20, 80),
    defaultStringType: fc.constantFrom('PLAIN', 'BLOCK_LITERAL', 'BLOCK_FOLDED', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'),
    collectionStyle: fc.constantFrom('block', 'flow', 'any'),
    indent: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(value, options, fc.integer({ min: 1, max: 8 }), (original, how, spaces) => {
      const written = stringify(original, how as never);
      const alone = parseYaml(written, LIMITS);
      // Where the writer and the reader of YAML are not of one mind, nothing is to be learned.
      if (!('document' in alone)) return;
      const below = parseYaml(`key:\n${indentedYaml(written, spaces)}next: 1\n`, LIMITS);
      expect('document' in below && below.document.value).toEqual({ key: alone.document.value, next: 1 });
    }),
    { numRuns: 100 },
  );
});
