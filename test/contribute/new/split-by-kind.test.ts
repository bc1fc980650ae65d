import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { splitByKind } from '../../../src/contribute/new/split-by-kind.ts';

function partsOf(text: string): Record<string, string> {
  const split = splitByKind(text);
  if ('whole' in split) throw new Error(split.whole);
  return Object.fromEntries(split.parts.map(({ kind, text: part }) => [kind, part]));
}

const SERVICE = 'apiVersion: v1\nkind: Service # in front\nmetadata: {name: a}\n';
const DEPLOYMENT = '# Runs it.\napiVersion: apps/v1\nkind: Deployment\n';

test('namespaces and resource definitions come first, others as they first occur', () => {
  const text = [
    SERVICE,
    DEPLOYMENT,
    'kind: CustomResourceDefinition\n',
    'kind: Service\nmetadata: {name: b}\n',
    'kind: Namespace\n',
  ].join('---\n');
  const parts = partsOf(text);
  expect(Object.keys(parts)).toEqual(['namespace', 'customresourcedefinition', 'service', 'deployment']);
  expect(parts['service']).toBe(`${SERVICE}---\nkind: Service\nmetadata: {name: b}\n`);
  expect(parts['deployment']).toBe(`---\n${DEPLOYMENT}`);
});

test('comments in front of the first document belong to it', () => {
  expect(partsOf(`# Licence\n\n---\n${SERVICE}---\n${DEPLOYMENT}`)['service']).toBe(`# Licence\n\n---\n${SERVICE}`);
});

test('comments behind the last one stay there, and empty documents make no part', () => {
  const parts = partsOf(`---\n---\n${SERVICE}---\n# The end.\n`);
  expect(parts).toEqual({ service: `---\n---\n${SERVICE}---\n# The end.\n` });
});

test('a document that comes first somewhere else gets a marker, and one without a line feed gets that', () => {
  const parts = partsOf(`kind: A\n---\nkind: B\n---\nkind: A\nlast: 1`);
  expect(parts).toEqual({ a: 'kind: A\n---\nkind: A\nlast: 1', b: '---\nkind: B\n' });
  expect(partsOf('kind: B\nx: 1\n---\nkind: Namespace')['namespace']).toBe('---\nkind: Namespace');
});

test('line ends and odd text are kept', () => {
  expect(partsOf('kind: A\r\nx:   [1,2]  \r\n--- # second\r\nkind: B\r\n')).toEqual({
    a: 'kind: A\r\nx:   [1,2]  \r\n',
    b: '--- # second\r\nkind: B\r\n',
  });
});

test('templates are split, where each document is whole', () => {
  const text = 'kind: A\nname: {{ .Values.name }}\n{{- if .Values.x }}\nx: 1\n{{- end }}\n---\nkind: B\n';
  expect(Object.keys(partsOf(text))).toEqual(['a', 'b']);
});

test.each([
  ['{{ if .x }}\nkind: A\n---\nkind: B\n{{ end }}\n', 'a block of its template reaches over several documents'],
  ['kind: A\n{{ $name := .x }}\n---\nkind: B\n', 'its template sets variables that other documents may use'],
  ['%YAML 1.2\n---\nkind: A\n---\nkind: B\n', 'it holds YAML directives'],
])('what cannot be taken apart stays whole: %j', (text, whole) => {
  expect(splitByKind(text)).toEqual({ whole });
});

test('what does not say its kind, or says it in an odd way', () => {
  expect(Object.keys(partsOf('a: 1\n---\nkind: ../../etc\n---\nkind: [a\n---\nkind: Fine\nbroken: [\n'))).toEqual([
    'other',
    'fine',
  ]);
  const long = `kind: Long\n${'# filler\n'.repeat(8000)}`;
  expect(Object.keys(partsOf(`${long}---\nkind: B\n`))).toEqual(['long', 'b']);
});

const KIND = fc.constantFrom('Namespace', 'Service', 'Deployment', 'CustomResourceDefinition', 'ConfigMap');
const LINES = fc.array(fc.constantFrom('a: 1', '# note', '  # deep', 'b: "---"', 'c: [1, 2]', ''), { maxLength: 4 });

test('every document is there once, byte for byte, and in its order within its kind', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(KIND, LINES), { minLength: 1, maxLength: 8 }), fc.boolean(), (documents, leading) => {
      const texts = documents.map(([kind, lines], index) => `id: ${index}\nkind: ${kind}\n${lines.join('\n')}\n`);
      const text = (leading ? '---\n' : '') + texts.join('---\n');
      const parts = partsOf(text);
      for (const [index, [kind]] of documents.entries()) {
        const part = parts[kind.toLowerCase()] ?? '';
        expect(part.split(texts[index] ?? '')).toHaveLength(2);
      }
      for (const part of Object.values(parts)) {
        const ids = Array.from(part.matchAll(/^id: (\d+)$/gmu), ([, id]) => Number(id));
        expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      }
    }),
  );
});

test('documents without end take no longer than others, and none is lost', () => {
  const [nothing, object] = ['# nothing\n---\n'.repeat(50_000), 'kind: A\n---\n'.repeat(2000)];
  expect(splitByKind(nothing + object + nothing)).toEqual({
    parts: [{ kind: 'a', text: nothing + object + nothing }],
  });
});
