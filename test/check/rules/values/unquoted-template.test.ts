import { expect, test } from 'vitest';

import { unquotedTemplate } from '../../../../src/check/rules/values/unquoted-template.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(values: string): Promise<Finding[]> {
  return [...unquotedTemplate(await lintPackOf({ files: { 'values.yaml': values } }))];
}

test('a template without quotes, with its place', async () => {
  expect(await found('pack:\n  name: {{ .spectro.var.x }} # c\n')).toEqual([
    {
      rule: 'values/unquoted-template',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 2, column: 9, endColumn: 29, source: '  name: {{ .spectro.var.x }} # c' },
      args: { template: '{{ .spectro.var.x }}' },
    },
  ]);
});

test.each([
  ['in a list', 'a:\n  - x\n  - {{ .x }}\n', 3],
  ['in brackets', 'a: [1, {{ .x }}]\n', 1],
  ['deep', 'a:\n  b:\n    - c: {{.x}}\n', 3],
  ['at the root', '{{ .x }}\n', 1],
])('%s', async (_, values, line) => {
  expect((await found(values)).map(({ place }) => place?.line)).toEqual([line]);
});

test.each([
  'a: "{{ .x }}"\n',
  "a: '{{ .x }}'\n",
  'a: |\n  {{ .x }}\n',
  'a: x-{{ .y }}\n',
  '# a: {{ .x }}\n',
  '? {a: b}\n: "{{ c }}"\n',
  'a: {b: {c: d}} # {{\n',
  '"[object Object]": "{{ .x }}"\n',
  'a: {{ .x }}-b\n',
  '',
])('nothing to say of %j', async (values) => {
  expect(await found(values)).toEqual([]);
});

test('a template behind an alias is told once', async () => {
  expect(await found('a: &x\n  b: {{ .x }}\nc: *x\nd: *x\n')).toHaveLength(1);
});

test('many mappings as keys are quickly done with', async () => {
  expect(await found(`# {{\na:\n${'  - ? {b: c}\n    : d\n'.repeat(50_000)}`)).toEqual([]);
});
