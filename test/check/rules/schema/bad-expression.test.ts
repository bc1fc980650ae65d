import { expect, test } from 'vitest';

import { badExpression } from '../../../../src/check/rules/schema/bad-expression.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(content: string): Promise<Finding[]> {
  return [...badExpression(await lintPackOf({ files: { 'schema.yaml': content } }))];
}

test.each([
  '{{ required }}',
  '{{ readonly }}',
  '{{ required | format "${string:/^[a-z]+$/}" | hints "A name" "Lower case" }}',
  '{{ format "${list:[A,B]}"  | hints "One of them."}}',
])('%s can be read', async (expression) => {
  expect(await found(`a.b:\n  schema: '${expression}'\n`)).toEqual([]);
});

test('the place is that of the mistake', async () => {
  expect(await found(`a.b:\n  schema: '{{ required | format "\${strin}" }}'\n`)).toEqual([
    {
      rule: 'schema/bad-expression',
      severity: 'error',
      file: 'schema.yaml',
      place: { line: 2, column: 36, endColumn: 41, source: `  schema: '{{ required | format "\${strin}" }}'` },
      args: { path: 'a.b', column: 25, reason: '"strin" is no type: did you mean "string"?' },
    },
  ]);
});

test('in a text with escapes or of several lines the place is that of the text', async () => {
  const [escaped] = await found('a:\n  schema: "{{ format \\"x\\" }}"\n');
  expect(escaped?.place).toMatchObject({ line: 2, column: 12 });
  const [block] = await found('a:\n  schema: |\n    {{ requird }}\n');
  expect(block?.place?.line).toBe(3);
});

test.each(['', 'a: [', '- a', 'a: { schema: 1 }', 'a: 1'])('nothing to say of %j', async (content) => {
  expect(await found(content)).toEqual([]);
});
