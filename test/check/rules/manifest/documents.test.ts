import { expect, test } from 'vitest';

import { documents } from '../../../../src/check/rules/manifest/documents.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

const POD = 'apiVersion: v1\nkind: Pod\n';

async function found(text: string | Buffer, path: string = 'manifests/m.yaml'): Promise<Finding[]> {
  return [...documents(await lintPackOf({ manifest: { kubeManifests: [path] }, files: { [path]: text } }))];
}

test('what is no YAML is found at its place', async () => {
  expect(await found(`${POD}---\n${POD}spec:\n\ta: 1\n`)).toEqual([
    {
      rule: 'manifest/invalid-yaml',
      severity: 'error',
      file: 'manifests/m.yaml',
      place: { line: 7, column: 1, endColumn: 2, source: '\ta: 1' },
      args: { path: 'manifests/m.yaml', reason: 'tab characters must not be used in indentation' },
    },
  ]);
});

test('a document without a kind is found where it begins', async () => {
  expect(await found(`${POD}---\n# comment\napiVersion: v1\nmetadata: {}\n`)).toEqual([
    {
      rule: 'manifest/no-kind',
      severity: 'error',
      file: 'manifests/m.yaml',
      place: { line: 5, column: 1, endColumn: 2, source: 'apiVersion: v1' },
      args: { path: 'manifests/m.yaml', missing: ['kind'] },
    },
  ]);
});

test.each<[string, string[]]>([
  ['kind: Pod', ['apiVersion']],
  ['404: Not Found', ['apiVersion', 'kind']],
  ['only text', ['apiVersion', 'kind']],
  ['{}', ['apiVersion', 'kind']],
  ['spec:\n  apiVersion: v1\n  kind: Pod', ['apiVersion', 'kind']],
  ['metadata:\n  name: {{ .Values.name }}\nkind: Pod', ['apiVersion']],
])('%j lacks %j', async (text, missing) => {
  expect(await found(text)).toMatchObject([{ rule: 'manifest/no-kind', args: { missing } }]);
});

test.each([
  ['a document', POD],
  ['several', `---\n${POD}---\n${POD}...\n`],
  ['empty ones', `---\n# nothing\n---\n---\n${POD}---\n`],
  ['nothing', ''],
  ['a list', '- a\n- b\n'],
  ['a list of a cluster', 'apiVersion: v1\nkind: List\nitems: []\n'],
  ['a key that stands twice, as Kubernetes reads it', `${POD}a: 1\na: 2\n`],
  ['quoted text that is not indented', `${POD}a:\n  b: 'one\n  two'\n`],
  ['a tag', `${POD}a: !!binary aGk=\n`],
  ['template lines', `{{- if .Values.x }}\n${POD}{{- end }}\n`],
  ['a template that writes it all', '{{ .Values.contents }}\n'],
  ['a template that writes the rest', 'metadata: {}\n{{ include "x" . }}\n'],
  ['templates that hide its form', `${POD}a:\n  {{ if .x }}- b{{ else }}c: d{{ end }}\n  e: f\n`],
  ['a kind from a template', 'apiVersion: {{ .x }}\nkind: {{ .y }}\n'],
])('%s is in order', async (_, text) => {
  expect(await found(text)).toEqual([]);
});

test.each(['manifests/m.json', 'manifests/m.txt'])('%s is not looked at', async (path) => {
  expect(await found('a: [', path)).toEqual([]);
});

test.each<[string, string | Buffer]>([
  ['no text', Buffer.from([0xff, 0xfe, 0x00])],
  [
    'a bomb',
    `a: &a [1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 12 }, (_, index) => `${'abcdefghijkl'[index]}x: &x${index} [*a, *a]`).join('\n')}`,
  ],
  ['brackets', `kind: ${'['.repeat(50_000)}`],
  ['markers', '---\n'.repeat(100_000)],
  ['a key of an object', '__proto__: {kind: Pod, apiVersion: v1}\n'],
])('%s does no harm', async (_, text) => {
  expect((await found(text)).length).toBeLessThan(2);
});
