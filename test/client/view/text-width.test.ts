import { expect, test } from 'vitest';

import { textWidth } from '../../../src/client/view/text-width.ts';

test.each([
  ['plain', 5],
  ['', 0],
  ['日本語', 6],
  ['é', 1],
  ['e\u0301', 1],
  ['👍', 2],
  ['👨‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['1️⃣', 2],
  ['⚠️', 2],
  ['\u200b', 0],
  ['a\ud800', 2],
])('%j takes %d columns', (text, width) => {
  expect(textWidth(text)).toBe(width);
});
