import { expect, test } from 'vitest';

import { referencedFiles } from '../../../../src/check/rules/pack/referenced-files.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { packOf } from '../../../helpers/pack-of.ts';

const FILES: FileMap = {
  'charts/demo-1.0.0.tgz': '',
  'manifests/one.yaml': '',
  'roles/setup/tasks/main.yaml': '',
  'roles/setup/.orig.orig': '',
};

async function found(manifest: Readonly<Record<string, unknown>>): Promise<Finding[]> {
  return [...referencedFiles(await packOf({ manifest, files: FILES }))];
}

test.each<[string, string]>([
  ['charts', 'charts/demo-1.0.0.tgz'],
  ['charts', './charts/demo-1.0.0.tgz'],
  ['charts', 'charts/../charts//demo-1.0.0.tgz'],
  ['kubeManifests', 'manifests/one.yaml'],
  ['ansibleRoles', 'roles/setup'],
  ['ansibleRoles', 'roles/setup/'],
  ['ansibleRoles', 'roles'],
  ['ansibleRoles', 'roles/setup/tasks'],
])('%s may name %s', async (key, path) => {
  expect(await found({ [key]: [path] })).toEqual([]);
});

test.each<[string, string, string, string | undefined]>([
  ['charts', 'charts/demo-1.0.1.tgz', 'chart/missing-file', 'charts/demo-1.0.0.tgz'],
  ['charts', 'Charts/Demo-1.0.0.tgz', 'chart/missing-file', 'charts/demo-1.0.0.tgz'],
  ['charts', 'charts', 'chart/missing-file', undefined],
  ['charts', '.', 'chart/missing-file', undefined],
  ['kubeManifests', 'manifests/on.yaml', 'manifest/missing-file', 'manifests/one.yaml'],
  ['kubeManifests', 'something/else.yaml', 'manifest/missing-file', undefined],
  ['ansibleRoles', 'roles/setpu', 'role/missing-directory', 'roles/setup'],
  ['ansibleRoles', 'roles/setup/tasks/main.yaml', 'role/missing-directory', undefined],
])('%s must not name %s', async (key, path, rule, suggestion) => {
  const [finding, ...more] = await found({ [key]: [path] });
  expect(finding).toMatchObject({ rule, severity: 'error', file: 'pack.json' });
  expect(finding?.args).toEqual({ path, ...(suggestion !== undefined && { suggestion }) });
  expect(more).toEqual([]);
});

test.each(['../other/a.tgz', '/etc/passwd', 'a/../../b', 'C:/x', 'charts\\demo.tgz', '..', 'a\u0000b'])(
  'no path may lead out of the pack: %j',
  async (path) => {
    expect(await found({ kubeManifests: [path] })).toMatchObject([
      { rule: 'pack/path-outside', severity: 'error', file: 'pack.json', args: { key: 'kubeManifests', path } },
    ]);
  },
);

test('the place is that of the path in pack.json', async () => {
  const [finding] = await found({ charts: ['charts/demo-1.0.0.tgz', 'nowhere/at/all.tgz'] });
  expect(finding?.place).toEqual({ line: 11, column: 5, endColumn: 25, source: '    "nowhere/at/all.tgz"' });
});

test('findings come in the order of charts, manifests and roles', async () => {
  const wrong = { ansibleRoles: ['r'], kubeManifests: ['m', 'n'], charts: ['c'] };
  expect((await found(wrong)).map(({ rule, args }) => `${rule} ${'path' in args ? args.path : ''}`)).toEqual([
    'chart/missing-file c',
    'manifest/missing-file m',
    'manifest/missing-file n',
    'role/missing-directory r',
  ]);
});

test.each([{ charts: 'charts/a.tgz' }, { charts: [1, null, {}] }, { charts: [''] }, { kubeManifests: {} }])(
  'what is no list of paths is left to the schema: %j',
  async (manifest) => {
    expect(await found(manifest)).toEqual([]);
  },
);

test('a file that is left out as junk is missing', async () => {
  expect(await found({ kubeManifests: ['roles/setup/.orig.orig'] })).toMatchObject([{ rule: 'manifest/missing-file' }]);
});

test('without a readable pack.json there is nothing to say', async () => {
  expect([...referencedFiles(await packOf({ files: { 'pack.json': '{' } }))]).toEqual([]);
});
