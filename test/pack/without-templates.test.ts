import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { withoutTemplates } from '../../src/pack/without-templates.ts';

test.each<[string, string, string, boolean]>([
  ['an expression in a line', 'a: {{ .x }}', 'a: xxxxxxxx', false],
  ['a line of its own', '  {{- if .x }}\na: 1', `${' '.repeat(14)}\na: 1`, false],
  ['two on a line', '{{ if .x }}{{ end }}', ' '.repeat(20), false],
  ['a key', '{{ .k }}: {{ .v }}', 'xxxxxxxx: xxxxxxxx', false],
  ['over two lines', '{{ if\n.x }}\na: 1', '     \n     \na: 1', false],
  ['what writes lines', '{{ toYaml .x }}', ' '.repeat(15), true],
  ['what writes lines, indented', 'a: 1\n  {{- include "x" . | nindent 2 }}\n', `a: 1\n${' '.repeat(34)}\n`, true],
  ['a variable', '{{- $x := 1 }}', ' '.repeat(14), false],
  ['a comment', '{{/* text */}}', ' '.repeat(14), false],
  ['what is not closed', 'a: {{ .x', 'a: xxxxx', true],
])('%s', (_, text, plain, open) => {
  expect(withoutTemplates(text)).toEqual({ text: plain, templated: true, open });
});

test('a text without expressions stays as it is', () => {
  expect(withoutTemplates('a: {b: }}')).toEqual({ text: 'a: {b: }}', templated: false, open: false });
});

test('lines and columns stay', () => {
  const pieces = fc.constantFrom('{{', '}}', ' ', '\n', 'a', '😀', '\r\n', '-', '/*', 'if');
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const text = parts.join('');
      const plain = withoutTemplates(text).text;
      expect(plain.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length));
    }),
    { numRuns: 2000 },
  );
});

test('many expressions take no time', () => {
  for (const piece of ['{{', '{{ a }}', '   {{ a }}', '}}{{', '\n', '{{\n'])
    expect(withoutTemplates(`{{${piece.repeat(300_000)}`).templated).toBe(true);
  expect(withoutTemplates(' '.repeat(1_000_000) + '{{}}'.repeat(100_000)).templated).toBe(true);
});
