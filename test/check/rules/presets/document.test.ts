import { expect, test } from 'vitest';

import { document } from '../../../../src/check/rules/presets/document.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(content: string | Buffer | null): Promise<Finding[]> {
  return [...document(await lintPackOf({ files: { 'presets.yaml': content } }))];
}

test.each([null, 'presets:\n  - name: a\n', 'text', 'other: 1'])('nothing to say of %j', async (content) => {
  expect(await found(content)).toEqual([]);
});

test.each(['', '# a comment', '{}', 'presets:\n', 'presets: []', 'presets: {}'])('%j is empty', async (content) => {
  expect(await found(content)).toMatchObject([{ rule: 'presets/empty', file: 'presets.yaml', args: {} }]);
});

test('what is no YAML is said with its place', async () => {
  expect(await found('presets:\n  - name: a\n b\n')).toMatchObject([
    { rule: 'presets/invalid-yaml', file: 'presets.yaml', place: { line: 3 } },
  ]);
  expect(await found(Buffer.from([0xff]))).toMatchObject([
    { rule: 'presets/invalid-yaml', args: { reason: 'it is not UTF-8' } },
  ]);
});
