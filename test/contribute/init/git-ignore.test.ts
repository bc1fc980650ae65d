import { expect, test } from 'vitest';

import { withIgnored } from '../../../src/contribute/init/texts/git-ignore.ts';

test.each([
  ['', '/public/\nnode_modules/\n'],
  ['*.log', '*.log\n/public/\nnode_modules/\n'],
  ['node_modules\r\n', 'node_modules\r\n/public/\r\n'],
  ['public\n/node_modules/ \n', 'public\n/node_modules/ \n'],
])('%j', (text, expected) => {
  expect(withIgnored(text)).toBe(expected);
  expect(withIgnored(expected)).toBe(expected);
});
