import { expect, test } from 'vitest';

import { unlisted } from '../../../../src/check/rules/manifest/unlisted.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(kubeManifests: unknown, files: FileMap): Promise<unknown[]> {
  return [...unlisted(await lintPackOf({ manifest: { kubeManifests }, files }))];
}

test('a manifest that is not listed is found', async () => {
  const files = { 'manifests/a.yaml': '', 'manifests/b.yaml': '' };
  expect(await found(['manifests/a.yaml'], files)).toEqual([
    { rule: 'manifest/unlisted', severity: 'error', file: 'manifests/b.yaml', args: { path: 'manifests/b.yaml' } },
  ]);
});

test.each([['manifests/deep/b.yml'], ['manifests/b.yaml']])('%s is a manifest', async (path) => {
  expect(await found(undefined, { [path]: '' })).toMatchObject([{ args: { path } }]);
});

test.each([
  ['manifests/README.md'],
  ['manifests/b.json'],
  ['manifests/kustomization.yaml'],
  ['other/b.yaml'],
  ['b.yaml'],
  ['charts/manifests/b.yaml'],
])('%s need not be listed', async (path) => {
  expect(await found([], { [path]: '' })).toEqual([]);
});

test.each([['./manifests/a.yaml'], ['manifests//a.yaml'], ['manifests/../manifests/a.yaml']])(
  '%s lists it',
  async (path) => {
    expect(await found([path], { 'manifests/a.yaml': '' })).toEqual([]);
  },
);

test.each([[{}], ['manifests/a.yaml'], [null], [7]])('what is no list is left to the schema: %j', async (list) => {
  expect(await found(list, { 'manifests/a.yaml': '' })).toEqual([]);
});

test('items that are no text do no harm', async () => {
  expect(await found([null, {}, '../x', ''], { 'manifests/a.yaml': '' })).toHaveLength(1);
});

test('without a readable pack.json there is nothing to say', async () => {
  expect(await found([], { 'pack.json': '{', 'manifests/a.yaml': '' })).toEqual([]);
});
