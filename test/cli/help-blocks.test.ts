import { expect, test } from 'vitest';

import { helpBlocks } from '../../src/cli/help-blocks.ts';

test('notes, examples and exit status, in any order', () => {
  const text = `
A pack is named as
  nginx      its latest release
    or so
and ends there.

Exit status:
  0  done
  1  the answer is no

Another
paragraph.

Examples:
  packyard a "x  y"                what it does
  packyard b --long
                               what that does,
                               at length
  packyard c
`;
  expect(helpBlocks(text)).toEqual({
    notes: [
      { verbatim: false, text: 'A pack is named as' },
      { verbatim: true, text: 'nginx      its latest release\n  or so' },
      { verbatim: false, text: 'and ends there.' },
      { verbatim: false, text: 'Another paragraph.' },
    ],
    examples: [
      { command: 'packyard a "x  y"', comment: 'what it does' },
      { command: 'packyard b --long', comment: 'what that does, at length' },
      { command: 'packyard c', comment: '' },
    ],
    exitStatus: [
      { status: '0', meaning: 'done' },
      { status: '1', meaning: 'the answer is no' },
    ],
  });
});

test.each(['', '\n', '\n\n\n'])('nothing at all: %j', (text) => {
  expect(helpBlocks(text)).toEqual({ notes: [], examples: [], exitStatus: [] });
});
