import { expect, test } from 'vitest';

import { unlisted } from '../../../../src/check/rules/image/unlisted.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(values: string, used: readonly string[]): Promise<Finding[]> {
  const files = {
    'values.yaml': values,
    'manifests/m.yaml': used.map((image) => `image: ${image}\n`).join(''),
  };
  return [...unlisted(await lintPackOf({ manifest: { kubeManifests: ['manifests/m.yaml'] }, files }))];
}

function listing(...images: readonly string[]): string {
  return `pack:\n  content:\n    images:\n${images.map((image) => `      - image: ${image}\n`).join('')}`;
}

test('a list that is missing is found where it should be', async () => {
  expect(await found('pack:\n  content: {}\n', ['a:1', 'quay.io/b:1'])).toEqual([
    {
      rule: 'image/none-listed',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 2, column: 3, endColumn: 10, source: '  content: {}' },
      args: { images: ['a:1', 'quay.io/b:1'], more: 0 },
    },
  ]);
});

test.each([
  ['', 1],
  ['charts: {}\n', 1],
  ['# comment\npack: {}\n', 2],
  ['pack:\n  namespace: x\n', 1],
  ['pack:\n  content:\n    images: []\n', 3],
  ['pack:\n  content:\n    images:\n', 3],
  ['pack:\n  content:\n    images:\n      - iamge: a:1\n', 3],
  ['pack: []\n', 1],
])('nothing is listed in %j', async (values, line) => {
  const findings = await found(values, ['a:1']);
  expect(findings).toMatchObject([{ rule: 'image/none-listed', place: { line } }]);
});

test('the first ten are named, and the rest counted', async () => {
  const all = Array.from({ length: 13 }, (_, index) => `a:${index}`);
  expect(await found('', all)).toMatchObject([{ args: { images: all.slice(0, 10), more: 3 } }]);
});

test('what is used but not listed is found at the list', async () => {
  expect(await found(listing('quay.io/a:1'), ['quay.io/a:1', 'quay.io/b:1'])).toEqual([
    {
      rule: 'image/unlisted',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 3, column: 5, endColumn: 11, source: '    images:' },
      args: { image: 'quay.io/b:1', file: 'manifests/m.yaml' },
    },
  ]);
});

test.each([
  ['nginx:1', 'docker.io/library/nginx:1'],
  ['docker.io/library/nginx:1', 'nginx:1'],
  ['team/app:1', 'mirror.example.com/some/team/app:2'],
  ['mirror.example.com/some/team/app:2', 'team/app:1'],
  ['quay.io/team/app:1', 'team/app'],
])('%s is listed as %s', async (used, image) => {
  expect(await found(listing(image), [used])).toEqual([]);
});

test.each([
  ['other/app:1', 'team/app:1'],
  ['myapp:1', 'app:1'],
])('%s is not listed as %s', async (used, image) => {
  expect(await found(listing(image), [used])).toMatchObject([{ rule: 'image/unlisted', args: { image: used } }]);
});

test('what may never be rendered need not be listed', async () => {
  const files = { 'manifests/m.yaml': '{{ if .x }}\nimage: a:1\n{{ end }}\n' };
  const pack = await lintPackOf({ manifest: { kubeManifests: ['manifests/m.yaml'] }, files });
  expect([...unlisted(pack)]).toEqual([]);
});

test('what has no tag yet need not be listed', async () => {
  expect(await found(listing('quay.io/a:1'), ['team/app'])).toEqual([]);
});

test('nothing is said without images or without values', async () => {
  expect(await found('', [])).toEqual([]);
  expect(await found('[', ['a:1'])).toEqual([]);
});
