import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { askedValues, askedValuesText, withNamespace } from '../../../src/contribute/new/manifest-values.ts';
import { parseYaml } from '../../../src/pack/yaml-document.ts';

function shown(text: string): string[] {
  return askedValues(text).map(
    ({ path, fallback, line }) => `${line} ${path.join('.')}${fallback === undefined ? '' : ` ${fallback}`}`,
  );
}

test('paths, their lines and what the template falls back to', () => {
  const text = `kind: A
name: {{ .Values.name | quote }}
{{- if and .Values.on (eq .Values.mode "a") }}
image: {{ .Values.image.name | default "nginx" }}:{{ default "1.2" .Values.image.tag }}
replicas: {{ $.Values.replicas | default 2 }}
again: {{ .Values.name | default "late" }}
{{- end }}
{{ .Release.Name }} {{ .values.no }} {{ "x.Values.no" }} .Values.outside
`;
  expect(shown(text)).toEqual([
    '2 name "late"',
    '3 on',
    '3 mode',
    '4 image.name "nginx"',
    '4 image.tag "1.2"',
    '5 replicas 2',
  ]);
});

test('of paths that lead through one another the longest stay', () => {
  expect(shown('{{ with .Values.a }}{{ .Values.a.b }}{{ end }}{{ .Values.ab }}')).toEqual(['1 a.b', '1 ab']);
});

test('the text of the values', () => {
  const asked = askedValues(
    '{{ .Values.a.b }} {{ .Values.c | default true }} {{ .Values.a.on | default "x" }} {{ .Values.no }}',
  );
  expect(askedValuesText(asked)).toBe('a:\n  b: ""\n  "on": "x"\nc: true\n"no": ""\n');
});

test('a namespace is that of the pack, unless the template has its own', () => {
  const asked = askedValues('{{ .Values.namespace }} {{ .Values.a.namespace | default "x" }} {{ .Values.name }}');
  expect(askedValuesText(withNamespace(asked, 'mine'))).toBe('namespace: "mine"\na:\n  namespace: "x"\nname: ""\n');
  expect(withNamespace(asked, undefined)).toEqual(asked);
});

test('a template that opens brackets and never closes them takes no longer than its length', () => {
  expect(askedValues(`${'{{ .Values.a '.repeat(50_000)}`)).toEqual([]);
});

const KEY = fc.constantFrom('a', 'b', 'on', 'null', 'y', 'constructor', '__proto__', 'x1');

test('every path that is asked for is in the values, which are YAML', () => {
  fc.assert(
    fc.property(fc.array(fc.array(KEY, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (paths) => {
      const text = paths.map((path) => `{{ .Values.${path.join('.')} }}`).join('\n');
      const parsed = parseYaml(askedValuesText(askedValues(text)), { depth: 20, nodes: 1000 });
      if (!('document' in parsed)) throw new Error(parsed.problem.kind);
      for (const path of paths) {
        let value: unknown = parsed.document.value;
        for (const key of path) {
          expect(Object.hasOwn(value as object, key)).toBe(true);
          value = (value as Record<string, unknown>)[key];
        }
      }
    }),
  );
});

test('expressions without end take no longer than others', () => {
  const values = `{{ ${'.Values.a '.repeat(50_000)}}}\n{{ default 1${' '.repeat(200_000)}x .Values.b .Values.c }}\n`;
  expect(askedValues(values).map(({ path, line }) => `${path.join('.')} ${line}`)).toEqual(['a 1', 'b 2', 'c 2']);
});
