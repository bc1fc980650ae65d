import { expect, test } from 'vitest';

import { manifestDocuments } from '../../src/pack/manifest-documents.ts';

function documentsOf(text: string): unknown[] {
  return Array.from(manifestDocuments(text), (found) => ('document' in found ? found.document.value : found.problem));
}

test('each document is read on its own', () => {
  const text = '# comment\n---\na: 1\n--- # two\nb: |\n  --- text\n---\n---\n';
  expect(documentsOf(text)).toEqual([null, { a: 1 }, { b: '--- text\n' }]);
});

test('of a file of nothing but documents only so many are read', () => {
  expect(documentsOf('---\n'.repeat(1_000_000))).toEqual([]);
  expect(documentsOf('--- 1\n'.repeat(20_000))).toHaveLength(10_000);
});

test.each([
  ['nothing', '', []],
  ['one document', 'a: 1', [{ a: 1 }]],
  ['a document behind its marker', '--- {a: 1}', [{ a: 1 }]],
  ['Windows line ends', 'a: 1\r\n---\r\nb: 2\r\n', [{ a: 1 }, { b: 2 }]],
  ['directives', '%YAML 1.2\n---\na: 1\n', [{ a: 1 }]],
  ['longer lines of dashes', 'a:\n  ----\n', [{ a: '----' }]],
])('%s', (_, text, values) => {
  expect(documentsOf(text)).toEqual(values);
});

test('places are those of the whole file', () => {
  const [, second, third] = manifestDocuments('a: 1\n---\nb:\n  c: 2\n---\nd: [\n');
  expect(second !== undefined && 'document' in second && second.document.place(['b', 'c'])).toEqual({
    line: 4,
    column: 6,
    endColumn: 7,
    source: '  c: 2',
  });
  expect(third).toMatchObject({ templated: false, problem: { kind: 'invalid', place: { line: 7 } } });
});

test('templates are replaced before a document is read', () => {
  const text = 'a: {{ .Values.a }}\n{{- if .x }}\nb: "{{ .y }}"\n{{- end }}\n---\n{{ .Values.contents }}\n---\nc: 1\n';
  expect([...manifestDocuments(text)]).toMatchObject([
    { templated: true, open: false, document: { value: { a: 'x'.repeat(15), b: 'x'.repeat(8) } } },
    { templated: true, open: true, document: { value: null } },
    { templated: false, open: false, document: { value: { c: 1 } } },
  ]);
});

test('what is too long is not read', () => {
  expect(documentsOf(`a: ${'x'.repeat(70_000)}\n---\nb: 1\n`)).toEqual([{ b: 1 }]);
  expect(documentsOf('a: 1\n'.repeat(2_000_000))).toEqual([]);
});
