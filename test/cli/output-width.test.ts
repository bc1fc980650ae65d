import { expect, test } from 'vitest';

import { standardOutput } from '../../src/cli/output-width.ts';

test.each([
  ['a terminal', {}, { isTTY: true, columns: 90 }, { isTerminal: true, width: 90 }],
  ['a pipe', {}, {}, { isTerminal: false, width: undefined }],
  ['COLUMNS', { COLUMNS: '70' }, { isTTY: true, columns: 90 }, { isTerminal: true, width: 70 }],
  ['COLUMNS, of a pipe', { COLUMNS: '70' }, {}, { isTerminal: false, width: 70 }],
  ['COLUMNS that says nothing', { COLUMNS: '-1' }, { isTTY: true, columns: 90 }, { isTerminal: true, width: 90 }],
  ['a terminal that does not know', {}, { isTTY: true, columns: 0 }, { isTerminal: true, width: undefined }],
  ['a tiny one', {}, { isTTY: true, columns: 3 }, { isTerminal: true, width: 20 }],
])('%s', (_, environment, stream, output) => {
  expect(standardOutput(environment, stream)).toEqual(output);
});
