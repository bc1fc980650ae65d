import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { withPlainLines } from '../../../src/contribute/bump/text-edits.ts';

test('lines end as before, and what is not edited stays as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\r')), (parts) => {
      const text = parts.join('');
      expect(withPlainLines(text, (plain) => plain)).toBe(text);
    }),
  );
  expect(withPlainLines('a\r\nb\r\n', (plain) => plain.replace('b\n', 'b\nc\n'))).toBe('a\r\nb\r\nc\r\n');
  expect(withPlainLines('a\nb\r\nc\n', (plain) => plain.replace('b', 'd'))).toBe('a\nd\nc\n');
});
