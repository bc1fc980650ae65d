import { expect, test } from 'vitest';

import { duplicateName } from '../../../../src/check/rules/presets/duplicate-name.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(content: string): Promise<Finding[]> {
  return [...duplicateName(await lintPackOf({ files: { 'presets.yaml': content } }))];
}

test.each(['presets: [{ name: a }, { name: A }, {}, {}, null, 1]', 'presets: 1', 'a: [', ''])(
  'nothing to say of %j',
  async (content) => {
    expect(await found(content)).toEqual([]);
  },
);

test('a name that comes again is told, with the line of the first', async () => {
  expect(await found('presets:\n  - name: a\n  - name: b\n  - name: a\n')).toEqual([
    {
      rule: 'presets/duplicate-name',
      severity: 'error',
      file: 'presets.yaml',
      place: { line: 4, column: 11, endColumn: 12, source: '  - name: a' },
      args: { name: 'a', firstLine: 2 },
    },
  ]);
});
