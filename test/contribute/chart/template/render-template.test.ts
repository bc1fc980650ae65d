import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseTemplate } from '../../../../src/contribute/chart/template/parse-template.ts';
import { renderTemplate } from '../../../../src/contribute/chart/template/render-template.ts';
import { UNKNOWN_MARK } from '../../../../src/contribute/chart/template/unknown.ts';

const DATA = {
  Values: {
    image: { repository: 'quay.io/app', tag: '' },
    list: ['a', 'b'],
    map: { z: 2, x: 1 },
    on: true,
    off: false,
    version: 1.5,
  },
  Chart: { AppVersion: 'v2', Name: 'app' },
};

function rendered(text: string, everything = false, work = { steps: 100_000, output: 100_000 }): string | undefined {
  const template = parseTemplate(text);
  return template && renderTemplate(template.nodes, DATA, { defines: template.defines, work, everything });
}

test.each([
  ['{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}', 'quay.io/app:v2'],
  ['{{ printf "%s:%v" .Values.image.repository (default "x" .Values.image.tag) | quote }}', '"quay.io/app:x"'],
  ['a {{- "b" -}} c', 'abc'],
  ['{{/* }} */}}a{{- /* b */ -}} c', 'ac'],
  ['{{ if .Values.off }}a{{ else if .Values.on }}b{{ else }}c{{ end }}', 'b'],
  ['{{ with .Values.image }}{{ .repository }} {{ $.Chart.Name }}{{ end }}', 'quay.io/app app'],
  ['{{ with .Values.none }}a{{ else }}b{{ end }}', 'b'],
  ['{{ range $k, $v := .Values.map }}{{ $k }}={{ $v }};{{ end }}', 'x=1;z=2;'],
  ['{{ range .Values.list }}{{ . }}{{ else }}none{{ end }}{{ range .Values.none }}a{{ else }}none{{ end }}', 'abnone'],
  ['{{ $x := "a" }}{{ if .Values.on }}{{ $x = "b" }}{{ end }}{{ $x }}', 'b'],
  ['{{ $x := "a" }}{{ if .Values.on }}{{ $x := "b" }}{{ end }}{{ $x }}', 'a'],
  ['{{ define "i" }}{{ .a }}/{{ .b }}{{ end }}{{ include "i" (dict "a" "x" "b" .Chart.Name) | upper }}', 'X/APP'],
  [
    '{{ define "i" }}{{ . }}{{ end }}{{ template "i" .Chart.Name }}{{ block "j" . }}{{ .Chart.Name }}{{ end }}',
    'appapp',
  ],
  ['{{ tpl "{{ .Chart.Name }}!" . }}', 'app!'],
  ['{{ (index .Values.list 1) }}{{ (dict "a" (dict "b" 1)).a.b }}', 'b1'],
  ['{{ ternary "a" "b" (eq .Values.image.tag "") }}{{ coalesce "" nil "c" }}', 'ac'],
  ['{{ or .Values.off "x" }}{{ and .Values.on "y" }}{{ not .Values.on }}', 'xyfalse'],
  ['{{ merge (dict "tag" "") (dict "tag" "1") | toYaml }}', "tag: '1'"],
  ['{{ trimSuffix "-x" "a-x" }}{{ trunc 2 "abc" }}{{ replace "+" "_" "1+2" }}{{ trimAll "-" "--z--" }}', 'aab1_2z'],
  ['{{ toYaml .Values.map | nindent 2 }}', '\n  z: 2\n  x: 1'],
  ['{{ .Values.none.deeper }}|{{ nil }}|{{ .Values.version }}', '||1.5'],
  ['{{`{{ raw }}`}}', '{{ raw }}'],
  ['{{ unheardOf 1 }}{{ $nowhere }}{{ .Capabilities.APIVersions.Has "v1" }}', UNKNOWN_MARK.repeat(3)],
  ['{{ if (unheardOf) }}a{{ else }}b{{ end }}', 'ab'],
  ['{{ "not closed', '{{ "not closed'],
  ['{{ = }}', UNKNOWN_MARK],
])('%s', (text, expected) => {
  expect(rendered(text)).toBe(expected);
});

test.each(['{{ if .x }}', '{{ end }}', '{{ else }}', '{{ define "a" }}{{ else }}{{ end }}', '{{ define x }}{{ end }}'])(
  'what does not fit together is no template: %s',
  (text) => {
    expect(rendered(text)).toBeUndefined();
  },
);

test('everything takes what a file itself turns off, but no choice within a line', () => {
  const text = 'x: {{ if .Values.off }}a{{ else }}b{{ end }}\n{{ if .Values.off }}\ny: 1\nz: 2\n{{ end }}';
  expect(rendered(text)).toBe('x: b\n');
  expect(rendered(text, true)).toBe('x: b\n\ny: 1\nz: 2\n');
});

test.each([
  ['itself', '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}'],
  ['ranges', '{{ range until 1000 }}{{ range until 1000 }}{{ range until 1000 }}x{{ end }}{{ end }}{{ end }}'],
  ['texts', `{{ $x := "aaaaaaaaaa" }}${'{{ $x = printf "%s%s%s%s" $x $x $x $x }}'.repeat(40)}{{ $x }}`],
  ['values', `{{ $x := dict "a" 1 }}${'{{ $x = dict "a" $x "b" $x }}'.repeat(60)}{{ toYaml $x }}{{ $x }}`],
  ['templates', '{{ $x := "{{ tpl .x . }}" }}{{ tpl $x (dict "x" $x) }}'],
])('what grows without end through %s is cut off', (_, text) => {
  expect((rendered(text) ?? '').length).toBeLessThan(3_000_000);
});

test('no text makes it throw', () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{{-',
    '-}}',
    'if',
    'end',
    'else',
    'range',
    'with',
    'define',
    '"a"',
    '`',
    '"',
    '$x',
    ':=',
    '.',
    '.Values.image',
    '|',
    '(',
    ')',
    'include',
    'printf',
    'dict',
    'index',
    '1',
    ' ',
    '\n',
    '/*',
    '*/',
    'toYaml',
    'tpl',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 40 }).map((all) => all.join(' ')),
      ),
      (text) => {
        rendered(text);
        rendered(`{{ ${text} }}`);
      },
    ),
    { numRuns: 500 },
  );
});
