import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { planBump, type BumpOptions, type BumpPlan } from '../../../src/contribute/bump/plan-bump.ts';
import { bump } from '../../../src/contribute/bump/bump.ts';
import { gitRepository, type FileMap } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { packedChart } from '../../helpers/packed-chart.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const TEMPLATE = 'kind: Deployment\nspec:\n  containers:\n  - image: "{{ .Values.image }}"\n';

function chart(version: string, values: string, name = 'demo'): Buffer {
  return packedChart(name, version, { 'values.yaml': values, 'templates/deployment.yaml': TEMPLATE });
}

const VALUES = `pack:
  namespace: demo
  content:
    images:
      # of the chart
      - image: quay.io/team/demo:1.0.0
      # ours
      - image: quay.io/team/own:7
    charts:
    - repo: https://charts.example.org
      name: demo
      version: "1.0.0"

charts:
  demo:
    # how many
    replicas: 3 # for quorum
    image: quay.io/team/demo:1.0.0
`;

function packWith(directory: string, files: FileMap = {}): FileMap {
  return packFiles(directory, {
    manifest: {
      charts: ['charts/demo-1.0.0.tgz'],
      kubeManifests: [],
      annotations: { source: 'community', contributor: 'us' },
    },
    files: {
      'values.yaml': VALUES,
      'README.md': '# Demo\n\nInstalls demo 1.0.0.\n',
      'charts/demo-1.0.0.tgz': chart('1.0.0', '# how many\nreplicas: 1\nimage: quay.io/team/demo:1.0.0\n'),
      'charts/demo/Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\n',
      '.packignore': '*.log\n',
      ...files,
    },
  });
}

interface Setting {
  readonly root: string;
  readonly next: string;
  plan(options: Partial<BumpOptions>): Promise<BumpPlan>;
}

async function setting(files: FileMap): Promise<Setting> {
  const repository = await gitRepository();
  repository.commit(files, 'first');
  const next = join(await scratch(), 'demo-1.1.0.tgz');
  writeFileSync(next, chart('1.1.0', '# how many pods\nreplicas: 1\nimage: quay.io/team/demo:1.1.0\nnew: {}\n'));
  const root = repository.path;
  return { root, next, plan: (options) => planBump({ repository: root, pack: 'demo', cache: false, ...options }) };
}

const textOf = ({ changes }: BumpPlan, path: string): string =>
  changes.find((change) => change.path === path)?.data?.toString('utf8') ?? '';

test('a new chart takes the place of the old one, beside the version before', async () => {
  const { next, plan } = await setting(packWith('packs/demo-1.0.0'));
  const result = await plan({ charts: [next] });
  expect(result).toMatchObject({
    name: 'demo',
    version: '1.1.0',
    from: { version: '1.0.0', directory: 'packs/demo-1.0.0' },
    directory: 'packs/demo-1.1.0',
    inPlace: false,
    charts: [
      {
        before: { name: 'demo', version: '1.0.0', path: 'charts/demo-1.0.0.tgz' },
        after: { name: 'demo', version: '1.1.0', path: 'charts/demo-1.1.0.tgz' },
      },
    ],
    conflicts: [],
    unknown: [],
    decisions: [
      {
        text: 'charts/demo, an unpacked copy of charts/demo-1.0.0.tgz, was left out: what clusters install is the .tgz alone.',
      },
      { file: 'README.md', line: 3, text: 'This line still says 1.0.0.' },
    ],
  });
  expect(result.changes.map(({ path }) => path).toSorted()).toEqual([
    '.packignore',
    'README.md',
    'charts/demo-1.1.0.tgz',
    'pack.json',
    'values.yaml',
  ]);
  expect(textOf(result, 'values.yaml')).toMatchInlineSnapshot(`
    "pack:
      namespace: demo
      content:
        images:
          # of the chart
          - image: quay.io/team/demo:1.1.0
          # ours
          - image: quay.io/team/own:7
        charts:
        - repo: https://charts.example.org
          name: demo
          version: "1.1.0"

    charts:
      demo:
        # how many pods
        replicas: 3 # for quorum
        image: quay.io/team/demo:1.1.0
        new: {}
    "
  `);
  expect(JSON.parse(textOf(result, 'pack.json'))).toMatchObject({
    version: '1.1.0',
    charts: ['charts/demo-1.1.0.tgz'],
  });
  expect(result.findings).toEqual([]);
});

test('without a chart it is a copy with the next free version', async () => {
  const { plan } = await setting({
    ...packWith('packs/demo-1.0.0'),
    ...packFiles('packs/demo-1.0.1', { version: '1.0.1' }),
  });
  const result = await plan({ pack: 'demo@1.0.0' });
  expect(result).toMatchObject({
    version: '1.0.2',
    directory: 'packs/demo-1.0.2',
    valuesDiff: '',
    decisions: [{ file: 'README.md' }],
  });
  expect(textOf(result, 'values.yaml')).toBe(VALUES);
  expect((await plan({})).from.version).toBe('1.0.1');
});

test.each([
  { style: 'name/version', at: 'packs/demo/1.0.0', to: 'packs/demo/2.0.0' },
  { style: 'called otherwise', at: 'packs/demo-operator-v1.0.0-addon', to: 'packs/demo-operator-v2.0.0-addon' },
  { style: 'name', at: 'packs/demo', to: 'packs/demo' },
])('the layout of the repository is followed: $style', async ({ at, to }) => {
  const { plan } = await setting({ ...packWith(at), 'registry.yaml': 'packs: ["packs/*", "packs/*/*"]\n' });
  const result = await plan({ version: '2.0.0' });
  expect([result.directory, result.inPlace]).toEqual([to, at === to]);
});

test('in place only what differs is written, and the old chart goes', async () => {
  const { root, next } = await setting(packWith('packs/demo'));
  const result = await bump({ repository: root, pack: 'demo', charts: [next], cache: false });
  expect(result.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'remove charts/demo-1.0.0.tgz',
    'write charts/demo-1.1.0.tgz',
    'remove charts/demo/Chart.yaml',
    'write pack.json',
    'write values.yaml',
  ]);
  expect(existsSync(join(root, 'packs/demo/charts/demo-1.0.0.tgz'))).toBe(false);
  expect(readFileSync(join(root, 'packs/demo/values.yaml'), 'utf8')).toContain('quay.io/team/demo:1.1.0');
});

test('the version before stays as it is', async () => {
  const { root, next } = await setting(packWith('packs/demo-1.0.0'));
  await bump({
    repository: root,
    pack: join(root, 'packs/demo-1.0.0'),
    charts: [next],
    out: join(root, 'packs/other'),
    cache: false,
  });
  expect(readFileSync(join(root, 'packs/demo-1.0.0/values.yaml'), 'utf8')).toBe(VALUES);
  expect(existsSync(join(root, 'packs/demo-1.0.0/charts/demo/Chart.yaml'))).toBe(true);
  expect(existsSync(join(root, 'packs/other/charts/demo-1.1.0.tgz'))).toBe(true);
});

test('a chart of another name takes the place of the only one, its values too, and a human is told', async () => {
  const { root, plan } = await setting(packWith('packs/demo-1.0.0'));
  const next = join(root, '../renamed.tgz');
  writeFileSync(next, chart('2.0.0', 'replicas: 1\nimage: quay.io/team/demo:2.0.0\n', 'renamed'));
  const result = await plan({ charts: [next] });
  expect(textOf(result, 'values.yaml')).toContain('charts:\n  renamed:\n');
  expect(result.decisions[0]).toEqual({
    file: 'pack.json',
    text: 'The chart demo became renamed: clusters take that for another chart, remove the one and install the other. See whether that is meant, and whether anything else names it, such as pack.releaseNameOverride.',
  });
});

test('an old chart that cannot be read leaves the values as they are', async () => {
  const broken = packedChart('demo', '1.0.0', { 'values.yaml': 'a: 1\n', '../x': 'x' });
  const { next, plan } = await setting(packWith('packs/demo-1.0.0', { 'charts/demo-1.0.0.tgz': broken }));
  const result = await plan({ charts: [next] });
  expect(result.decisions[0]).toEqual({
    file: 'values.yaml',
    text: 'The values of the chart were left as they are, because charts/demo-1.0.0.tgz, whose values they were made of, cannot be read. Compare them with those of the new chart by hand.',
  });
});

test('a file takes the place of the manifest of its name', async () => {
  const pack = packFiles('packs/demo-1.0.0', {
    manifest: { kubeManifests: ['manifests/a.yaml'] },
    files: { 'manifests/a.yaml': 'kind: A\n' },
  });
  const { root, plan } = await setting(pack);
  mkdirSync(join(root, 'build'));
  writeFileSync(join(root, 'build/a.yaml'), 'kind: B\n');
  expect(textOf(await plan({ manifests: [join(root, 'build/a.yaml')] }), 'manifests/a.yaml')).toBe('kind: B\n');
  expect(await failureOf(plan({ manifests: [join(root, 'build/b.yaml')] }))).toMatchObject({
    code: 'usage',
    message: `${join(root, 'build/b.yaml')} cannot take the place of a manifest: the pack has not just one that is called b.yaml.`,
    hint: 'The pack has: manifests/a.yaml.',
  });
});

test.each([
  [
    { version: '1.0' },
    'version-exists',
    'demo 1.0.0 exists already.',
    'What is published never changes. The next free version is 1.0.2.',
  ],
  [{ version: '../x' }, 'usage', '"../x" is no version that a pack can have.', /as in 1\.0\.2\.$/u],
  [{ pack: 'dmeo' }, 'unknown-pack', 'There is no pack "dmeo" in this repository.', /^Did you mean demo\?/u],
  [
    { pack: 'nothing' },
    'unknown-pack',
    'There is no pack "nothing" in this repository.',
    'A pack that is new is made with packyard new.',
  ],
  [
    { pack: './packs/none' },
    'unknown-pack',
    './packs/none is no directory of a pack of this repository.',
    /^Name the pack/u,
  ],
  [{ pack: 'demo@3' }, 'no-version', 'There is no demo 3 here.', 'There are: 1.0.1, 1.0.0.'],
  [
    { version: '5.0.0' },
    'output-unwritable',
    /^The new version was to be made in packs\/demo-5\.0\.0, but something is there already/u,
    /--out/u,
  ],
] as const)('%j is refused as %s', async (options, code, message, hint) => {
  const { root, plan } = await setting({
    ...packWith('packs/demo-1.0.0'),
    ...packFiles('packs/demo-1.0.1', { version: '1.0.1' }),
  });
  mkdirSync(join(root, 'packs/demo-5.0.0'));
  const matching = (text: string | RegExp): unknown =>
    typeof text === 'string' ? text : (expect.stringMatching(text) as unknown);
  expect(await failureOf(plan(options))).toMatchObject({ code, message: matching(message), hint: matching(hint) });
});

test('a chart for a pack with none, or with several others, is refused', async () => {
  const two = packWith('packs/two-1.0.0', {
    'pack.json': JSON.stringify({
      name: 'two',
      version: '1.0.0',
      displayName: 'Two',
      layer: 'addon',
      charts: ['charts/a.tgz', 'charts/b.tgz'],
    }),
    'charts/a.tgz': packedChart('a'),
    'charts/b.tgz': packedChart('b'),
  });
  const { next, plan } = await setting({ ...packFiles('packs/demo-1.0.0'), ...two });
  expect(await failureOf(plan({ charts: [next] }))).toMatchObject({
    code: 'usage',
    message: 'The pack has no chart whose place demo could take.',
  });
  expect(await failureOf(plan({ pack: 'two', charts: [next] }))).toMatchObject({
    code: 'usage',
    message: 'It cannot be told whose place the chart demo is to take.',
    hint: 'The pack has: a, b. Give a chart with one of these names.',
  });
});
