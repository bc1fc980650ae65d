import { expect, test } from 'vitest';

import { document } from '../../../../src/check/rules/schema/document.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(content: string | Buffer | null): Promise<Finding[]> {
  return [...document(await lintPackOf({ files: { 'schema.yaml': content } }))];
}

test.each([null, "a.b:\n  schema: '{{ required }}'\n", '- a', 'text'])('nothing to say of %j', async (content) => {
  expect(await found(content)).toEqual([]);
});

test.each(['', '\n\n', '# only a comment\n', '---\n', '{}', '[]'])('%j is empty', async (content) => {
  expect(await found(content)).toMatchObject([{ rule: 'schema/empty', file: 'schema.yaml', args: {} }]);
});

test('what is no YAML is said with its place', async () => {
  expect(await found('a: 1\nb: [\n')).toMatchObject([
    { rule: 'schema/invalid-yaml', file: 'schema.yaml', place: { line: 3, column: 1 } },
  ]);
});

test('what is no UTF-8 is no YAML', async () => {
  expect(await found(Buffer.from([0x61, 0xff]))).toMatchObject([
    { rule: 'schema/invalid-yaml', args: { reason: 'it is not UTF-8' } },
  ]);
});
