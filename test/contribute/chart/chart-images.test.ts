import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

import { chartImages } from '../../../src/contribute/chart/chart-images.ts';
import { readChart } from '../../../src/pack/chart-content.ts';
import { packedChart } from '../../helpers/packed-chart.ts';

const HEAD = 'apiVersion: v2\nname: app\nversion: 1.0.0\nappVersion: 2.0.0\n';

async function found(files: Readonly<Record<string, string>>): Promise<{ images: string[]; optional: string[] }> {
  const data = packedChart('app', '1.0.0', { 'Chart.yaml': HEAD, ...files });
  const chart = await readChart({ path: 'charts/app.tgz', executable: false, data });
  if (chart === undefined) throw new Error('no chart');
  const { images, optional } = await chartImages(chart);
  const shown = (all: typeof images): string[] =>
    all.map(({ image, from }) => `${image} < ${from.replace('charts/app.tgz: ', '')}`);
  return { images: shown(images), optional: shown(optional) };
}

test.each([
  ['a literal', 'image: quay.io/a:1', '', 'quay.io/a:1'],
  [
    'an expression',
    'image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"',
    'image: {repository: quay.io/a}',
    'quay.io/a:2.0.0',
  ],
  [
    'a helper',
    '{{ define "i" }}{{ printf "%s/%s:%v" .r .n .t }}{{ end }}\nimage: {{ include "i" (dict "r" .Values.global.registry "n" "a" "t" 1.5) }}',
    'global: {registry: quay.io}',
    'quay.io/a:1.5',
  ],
  ['an argument', 'args: ["--default-image=quay.io/a:1", --other=x]', '', 'quay.io/a:1'],
  [
    'an environment variable',
    '- name: SIDE\n  value: {{ .Values.side }}',
    'side: quay.io/team/a@sha256:' + 'a'.repeat(64),
    'quay.io/team/a@sha256:' + 'a'.repeat(64),
  ],
  ['a named environment variable', '- name: SIDE_IMAGE\n  value: quay.io/team/a', '', 'quay.io/team/a'],
  ['text in a ConfigMap', 'data:\n  all: |\n    x=quay.io/team/a:1,\n', '', 'quay.io/team/a:1'],
  ['an object', 'spec:\n  image:\n    name: a\n    repository: quay.io/team\n    tag: "1"', '', 'quay.io/team/a:1'],
])('%s of a template', async (_, template, values, expected) => {
  const { images } = await found({ 'templates/a.yaml': `${template}\n`, 'values.yaml': values });
  expect(images).toEqual([`${expected} < templates/a.yaml`]);
});

test('each image is named once, where a template uses it', async () => {
  const files = {
    'values.yaml': 'image: {repository: team/a, tag: 1}\nnever: {image: quay.io/b:1}\n',
    'templates/a.yaml': 'image: quay.io/{{ .Values.image.repository }}:v{{ .Values.image.tag }}\n',
    'templates/b.yaml': 'image: quay.io/team/a:v1\n',
  };
  expect(await found(files)).toEqual({
    images: ['quay.io/team/a:v1 < templates/a.yaml', 'quay.io/b:1 < values.yaml, never.image'],
    optional: [],
  });
});

test('definitions, annotations and charts inside count', async () => {
  const inner = packedChart('deep', '1.0.0', { 'templates/x.yaml': 'image: quay.io/deep:1\n' });
  const outer = packedChart('packed', '1.0.0', {
    'values.yaml': 'image: {repository: quay.io/packed, tag: 3}\n',
    'charts/deep-1.0.0.tgz': inner as unknown as string,
  });
  const files = {
    'Chart.yaml': `${HEAD}annotations:\n  artifacthub.io/images: |\n    - name: x\n      image: quay.io/annotated:1\n    - image: not an image\n`,
    'crds/a.yaml':
      'kind: CustomResourceDefinition\nx:\n  description: like quay.io/team/example:1\n  default: quay.io/team/usual:1\n',
    'templates/c.yaml': 'kind: CustomResourceDefinition\nx:\n  description: like quay.io/team/example:1\n',
    'charts/plain/Chart.yaml': 'name: plain\nversion: 1.0.0\n',
    'charts/plain/templates/a.yaml': 'image: {{ .Values.global.registry }}/plain:1\n',
    'charts/packed-1.0.0.tgz': outer as unknown as string,
    'values.yaml': 'global: {registry: quay.io}\n',
  };
  expect((await found(files)).images).toEqual([
    'quay.io/plain:1 < charts/plain/templates/a.yaml',
    'quay.io/deep:1 < charts/packed/charts/deep/templates/x.yaml',
    'quay.io/team/usual:1 < crds/a.yaml',
    'quay.io/packed:3 < charts/packed/values.yaml, image',
    'quay.io/annotated:1 < Chart.yaml, annotations.artifacthub.io/images',
  ]);
});

test('what other values turn on is apart, the own first', async () => {
  const files = {
    'Chart.yaml': `${HEAD}dependencies: [{name: off, condition: "off.enabled,__proto__.x", tags: [t]}]\n`,
    'values.yaml': 'off: {enabled: false}\nextra: {enabled: false}\n',
    'charts/off/Chart.yaml': 'name: off\nversion: 1.0.0\n',
    'charts/off/templates/a.yaml': 'image: quay.io/off:1\n',
    'templates/a.yaml': 'image: quay.io/a:1\n{{ if .Values.extra.enabled }}\nx:\n  image: quay.io/extra:1\n{{ end }}\n',
    'templates/tests/t.yaml': 'image: quay.io/test:1\n',
    'templates/NOTES.txt': 'image: quay.io/notes:1\n',
  };
  expect(await found(files)).toEqual({
    images: ['quay.io/a:1 < templates/a.yaml'],
    optional: ['quay.io/extra:1 < templates/a.yaml', 'quay.io/off:1 < charts/off/templates/a.yaml'],
  });
});

test.each([
  ['https://quay.io/team/a:1'],
  ['# image: quay.io/a:1'],
  ['image: {{ .Values.none }}'],
  ['image: {{ .Capabilities.KubeVersion }}/a:1'],
  ['image: type'],
  ['url: example.com/path'],
  ['apiVersion: apps.example.com/v1'],
])('%s is none', async (line) => {
  expect((await found({ 'templates/a.yaml': `${line}\n` })).images).toEqual([]);
});

test('packed charts inside that are broken, bombs or too many are left out', async () => {
  const bomb = gzipSync(Buffer.alloc(80_000_000)) as unknown as string;
  const files = Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`charts/x${at}.tgz`, 'no chart']));
  expect((await found({ ...files, 'charts/a.tgz': bomb, 'templates/a.yaml': 'image: quay.io/a:1\n' })).images).toEqual([
    'quay.io/a:1 < templates/a.yaml',
  ]);
});

test('a path of a chart is shown without control characters', async () => {
  const { images } = await found({ 'templates/a\u001b[31m.yaml': 'image: quay.io/a:1\n' });
  expect(images).toEqual([String.raw`quay.io/a:1 < templates/a\u001b[31m.yaml`]);
});

test('text that is made to be slow is read in time that is bounded', async () => {
  const lines = [
    '--imageimage'.repeat(160),
    'a.'.repeat(900),
    `${'a-'.repeat(900)}.`,
    'image image: '.repeat(150),
    'a.b/c:'.repeat(300),
  ];
  const text = lines.map((line) => `${line}\n`.repeat(60)).join('');
  expect((await found({ 'templates/a.yaml': text })).images).toEqual([]);
});
