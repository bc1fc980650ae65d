import { expect, test } from 'vitest';

import { unknownMacro } from '../../../../src/check/rules/values/unknown-macro.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(values: string): Promise<Finding[]> {
  return [...unknownMacro(await lintPackOf({ files: { 'values.yaml': values } }))];
}

test('a macro that is misspelt', async () => {
  expect(await found('a: 1\nb: "x {{ .spectro.vars.token | quote }}"\n')).toEqual([
    {
      rule: 'values/unknown-macro',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 2, column: 10, endColumn: 29, source: 'b: "x {{ .spectro.vars.token | quote }}"' },
      args: { macro: '.spectro.vars.token', suggestion: '.spectro.var.token' },
    },
  ]);
});

test.each([
  ['.spectro', undefined],
  ['.spectro.', undefined],
  ['.spectro.cluster.name', undefined],
  ['.spectro.sytem.cluster.name', '.spectro.system.cluster.name'],
  ['.spectro.system', undefined],
  ['.spectro.system..name', undefined],
  ['.spectro.var', undefined],
  ['.spectro.var.a.b', undefined],
  ['.spectro.pack.nginx', undefined],
  ['.spectro.constructor.x', undefined],
])('%s is not known', async (macro, suggestion) => {
  const args = { macro, ...(suggestion !== undefined && { suggestion }) };
  expect((await found(`a: "{{${macro}}}"\n`)).map((finding) => finding.args)).toEqual([args]);
});

test.each([
  'a: "{{ .spectro.system.cluster.name }}"\n',
  'a: "{{.spectro.system.kubernetes.version | substr 0 4}}"\n',
  'a: "{{- .spectro.pack.wordpress-chart.charts.wordpress.user -}}"\n',
  'a: "{{ .spectro.var.NGC_API_KEY }} {{.spectro.macro.class}}"\n',
  'a: "{{ .Values.spectro.x }} {{ .spectrocloud.x }} .spectro.x"\n',
  '# {{ .spectro.x }}\na: 1 # {{ .spectro.y }}\n',
  'a: |\n  {{ range .spectro.x }}\n',
  '',
])('nothing to say of %j', async (values) => {
  expect(await found(values)).toEqual([]);
});

test('values that are no YAML are looked at too, and a long macro is cut', async () => {
  const [finding] = await found(`a: [{{ .spectro.${'x'.repeat(100_000)}\n`);
  expect(JSON.stringify(finding?.args).length).toBeLessThan(300);
});

test('one long line is quickly done with', async () => {
  expect(await found(`a: "${'{{ .spectro.var.x }}{{ '.repeat(100_000)}"`)).toEqual([]);
});
