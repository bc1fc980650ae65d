import { expect, test } from 'vitest';

import { usedImages, type UsedImage } from '../../src/pack/used-images.ts';
import { lintPackOf } from '../helpers/lint-pack-of.ts';
import { packedChart } from '../helpers/packed-chart.ts';

const MANIFEST = { charts: ['charts/app.tgz'], kubeManifests: ['manifests/one.yaml'] };

async function used(
  chart: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<UsedImage[]> {
  const metadata = 'apiVersion: v2\nname: app\nversion: 1.0.0\nappVersion: 2.0.0\n';
  const archive = packedChart('app', '1.0.0', { 'Chart.yaml': metadata, ...chart });
  return usedImages(await lintPackOf({ manifest: MANIFEST, files: { 'charts/app.tgz': archive, ...files } }));
}

test('images come from values, templates and manifests, with their places', async () => {
  const chart = {
    'values.yaml': 'image:\n  repository: quay.io/app\nredis:\n  enabled: false\n  image: redis:7\n',
    'templates/job.yaml': 'spec:\n  image: quay.io/job:1\n',
    'templates/tests/test.yaml': 'spec:\n  image: quay.io/test:1\n',
    'templates/deep/job.yml': '{{ if .x }}\nimage: quay.io/some:1\n{{ end }}\n',
    'templates/NOTES.txt': 'image: quay.io/notes:1\n',
    'files/job.yaml': 'image: quay.io/file:1\n',
  };
  const file = 'charts/app.tgz';
  const manifest = 'kind: Pod\nspec:\n  containers:\n    - image: quay.io/pod:1\n';
  expect(await used(chart, { 'manifests/one.yaml': manifest })).toEqual([
    { image: 'quay.io/app:2.0.0', file, inside: 'values.yaml', key: 'image', conditional: false },
    { image: 'quay.io/job:1', file, inside: 'templates/job.yaml', line: 2, conditional: false },
    { image: 'quay.io/some:1', file, inside: 'templates/deep/job.yml', line: 2, conditional: true },
    { image: 'quay.io/pod:1', file: 'manifests/one.yaml', line: 4, conditional: false },
  ]);
});

test("the pack's own values are over those of the chart", async () => {
  const values = 'charts:\n  app:\n    image: {tag: "3"}\n    redis: {enabled: true}\n';
  const chart = { 'values.yaml': 'image: {repository: quay.io/app}\nredis: {enabled: false, image: redis:7}\n' };
  const images = await used(chart, { 'values.yaml': values });
  expect(images.map(({ image }) => image)).toEqual(['quay.io/app:3', 'redis:7']);
});

test('values of manifests name images', async () => {
  const values = 'manifests:\n  one:\n    image: quay.io/a:1\n  two:\n    image: quay.io/b:1\n';
  expect(await used({}, { 'values.yaml': values })).toEqual([
    { image: 'quay.io/a:1', file: 'values.yaml', key: 'manifests.one.image', conditional: false },
  ]);
});

test('charts inside the chart count when they are turned on', async () => {
  const chart = {
    'Chart.yaml': 'name: app\nversion: 1.0.0\ndependencies: [{name: on}, {name: off, condition: off.enabled}]\n',
    'values.yaml': 'off: {enabled: false}\n',
    'charts/on/Chart.yaml': 'name: on\nappVersion: 4\n',
    'charts/on/values.yaml': 'image: {repository: quay.io/on}\n',
    'charts/on/templates/a.yaml': 'image: quay.io/on-too:1\n',
    'charts/off/Chart.yaml': 'name: off\n',
    'charts/off/values.yaml': 'image: quay.io/off:1\n',
    'charts/off/templates/a.yaml': 'image: quay.io/off-too:1\n',
  };
  expect((await used(chart)).map(({ image, inside }) => `${inside} ${image}`)).toEqual([
    'charts/on/values.yaml quay.io/on:4',
    'charts/on/templates/a.yaml quay.io/on-too:1',
  ]);
});

test('an image is named once, where it is certain if anywhere', async () => {
  const chart = {
    'templates/a.yaml': '{{ if .x }}\nimage: a:1\nimage: b:1\n{{ end }}\n',
    'templates/b.yaml': 'image: a:1\nimage: a:1\n',
  };
  expect((await used(chart)).map(({ image, inside, conditional }) => [image, inside, conditional])).toEqual([
    ['a:1', 'templates/b.yaml', false],
    ['b:1', 'templates/a.yaml', true],
  ]);
});

test.each([
  { charts: 'charts/app.tgz', kubeManifests: {} },
  { charts: ['charts/none.tgz', '../x', 7], kubeManifests: ['manifests/none.yaml'] },
])('what is not listed as it should be is left out: %j', async (manifest) => {
  const archive = packedChart('app', '1.0.0', { 'values.yaml': 'image: a:1' });
  expect(usedImages(await lintPackOf({ manifest, files: { 'charts/app.tgz': archive } }))).toEqual([]);
});

test('a pack without pack.json uses nothing that is known', async () => {
  expect(usedImages(await lintPackOf({ files: { 'pack.json': '{', 'values.yaml': '[' } }))).toEqual([]);
});

test('of many images the first thousand are taken', async () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `image: a:${index}\n`).join('');
  expect(await used({ 'templates/a.yaml': lines })).toHaveLength(1000);
});
