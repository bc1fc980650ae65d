import { expect, test } from 'vitest';

import { noValues } from '../../../../src/check/rules/manifest/no-values.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(text: string, values: string = '', path: string = 'manifests/app.yaml'): Promise<Finding[]> {
  const files = { [path]: text, 'values.yaml': values };
  return [...noValues(await lintPackOf({ manifest: { kubeManifests: [path] }, files }))];
}

test('the first use of values that are not there is found', async () => {
  expect(await found('kind: Pod\nname: {{ .Values.name }}\nother: {{ .Values.x }}\n')).toEqual([
    {
      rule: 'manifest/no-values',
      severity: 'error',
      file: 'manifests/app.yaml',
      place: { line: 2, column: 10, endColumn: 17, source: 'name: {{ .Values.name }}' },
      args: { path: 'manifests/app.yaml', name: 'app' },
    },
  ]);
});

test.each([
  'a: "{{ .Values.x }}"',
  '{{- if .Values.x }}',
  'a: {{ default "b" .Values.x }}',
  'text: |\n  {{ .Release.Name }}\nb: {{ .Values.x }}',
  'a: {{ .b }}{{ .Values.x }}',
])('%j uses values', async (text) => {
  expect(await found(text)).toHaveLength(1);
});

test.each([
  'kind: Pod',
  'a: b.Values.x',
  '# {{ .Values.x }}',
  'a: {{ .x }} .Values',
  'data:\n  config: |\n    a: {{ .Values.x }}\n    b: {{ .Values.y }}\n',
  'data:\n  config: |-\n    a:\n      b: {{ .Values.x }}\n\n    c: {{ .Values.y }}\n',
])('%j does not', async (text) => {
  expect(await found(text)).toEqual([]);
});

test.each(['manifests: {app: {name: x}}', 'manifests: {app: }', 'manifests:\n  app: {}', '['])(
  'nothing is said with the values %j',
  async (values) => {
    expect(await found('a: {{ .Values.x }}', values)).toEqual([]);
  },
);

test.each(['manifests: []', 'manifests: {other: {}}', 'app: {}', 'manifests: {__proto__: {app: 1}}'])(
  'the values %j have no block for it',
  async (values) => {
    expect(await found('a: {{ .Values.x }}', values)).toHaveLength(1);
  },
);

test('the key is the name of the file without its ending', async () => {
  const [finding] = await found('a: {{ .Values.x }}', '', 'manifests/deep/some.app.yml');
  expect(finding?.args).toEqual({ path: 'manifests/deep/some.app.yml', name: 'some.app' });
});

test('long texts take no time', async () => {
  const first = await found(
    `{{ .Values${'}} .Values {{'.repeat(100_000)}\n${'a: |\n'.repeat(100_000)}${'- |'.repeat(100_000)}`,
  );
  const second = await found(`a: x .Values\n${' .Values {{ }}'.repeat(200_000)}`);
  expect([first.length, second.length]).toEqual([1, 0]);
});
