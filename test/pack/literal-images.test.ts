import { expect, test } from 'vitest';

import { literalImages } from '../../src/pack/literal-images.ts';

function imagesOf(text: string): string[] {
  return Array.from(literalImages(text), ({ image }) => image);
}

test.each([
  ['image: quay.io/app:1', 'quay.io/app:1'],
  ['        image: app:1', 'app:1'],
  ['- image: app:1', 'app:1'],
  ['  - image: "app:1"', 'app:1'],
  ["  image: 'team/app'", 'team/app'],
  ['  image: app:1 # comment', 'app:1'],
  ['  image: app:1\r', 'app:1'],
  [`  image: app@sha256:${'0'.repeat(64)}`, `app@sha256:${'0'.repeat(64)}`],
])('%j uses an image', (line, image) => {
  expect(Array.from(literalImages(`a: 1\n${line}\n`))).toEqual([{ image, line: 2, conditional: false }]);
});

test.each([
  'image: {{ .Values.image }}',
  'image: "{{ .Values.image }}:1"',
  'image: quay.io/app:{{ .Chart.AppVersion }}',
  '# image: app:1',
  'image: string',
  'image: a b:1',
  'image:',
  'image: # app:1',
  'image: |',
  'initImage: app:1',
  'image: https://quay.io/app:1',
  `image: app:1 #${' '.repeat(2000)}`,
])('%j says nothing', (line) => {
  expect(imagesOf(line)).toEqual([]);
});

test('what stands inside a condition may never be rendered', () => {
  const text = [
    '{{- if .Values.a }}{{ range .Values.b }}',
    'image: a:1',
    '{{ end }}',
    'image: b:1',
    '{{- else }}',
    '{{- end -}}',
    'image: c:1',
    '{{ with .x }}{{ .y }}{{ end }}',
    'image: d:1',
  ].join('\n');
  expect(Array.from(literalImages(text))).toEqual([
    { image: 'a:1', line: 2, conditional: true },
    { image: 'b:1', line: 4, conditional: true },
    { image: 'c:1', line: 7, conditional: false },
    { image: 'd:1', line: 9, conditional: false },
  ]);
});

test('long texts take no time', () => {
  for (const piece of ['image: ', 'image: "', ' ', '{{ if', '{{', '\n', 'image: a:1 ', '-', 'image: x\n'])
    expect(imagesOf(`image: ${piece.repeat(500_000)}`)).toBeInstanceOf(Array);
});
