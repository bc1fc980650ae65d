import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { check } from '../../../src/build/check-repository.ts';
import { newPack } from '../../../src/contribute/new/new-pack.ts';
import type { NewPackOptions, NewPackPlan } from '../../../src/contribute/new/new-pack-options.ts';
import { planNewPack } from '../../../src/contribute/new/plan-new-pack.ts';
import { LAYERS } from '../../../src/model/layer.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { packedChart } from '../../helpers/packed-chart.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const PACKS = fileURLToPath(new URL('../../../packs/', import.meta.url));
const CHART = join(PACKS, 'hello-yard-1.1.0/charts/hello-yard-1.1.0.tgz');
const MANIFESTS = readdirSync(PACKS).flatMap((pack) => {
  const folder = join(PACKS, pack, 'manifests');
  return readdirSync(join(PACKS, pack)).includes('manifests')
    ? readdirSync(folder).map((name) => join(folder, name))
    : [];
});
const CHARTS = readdirSync(PACKS).flatMap((pack) => {
  const folder = join(PACKS, pack, 'charts');
  return readdirSync(join(PACKS, pack)).includes('charts')
    ? readdirSync(folder).flatMap((name) => (name.endsWith('.tgz') ? [join(folder, name)] : []))
    : [];
});
const ROLE = join(PACKS, 'node-tuning-1.0.0/ansible-roles/node_tuning');

function textOf({ files }: NewPackPlan, path: string): string {
  return files.find((file) => file.path === path)?.data?.toString() ?? '';
}

/** Into a folder outside of any repository. */
async function planned(options: NewPackOptions): Promise<NewPackPlan> {
  return planNewPack({ contributor: 'Test', cache: false, out: join(await scratch(), 'pack'), ...options });
}

/** What the strict check says of the packs in a folder, but for the names of their directories. */
async function checked(folder: string): Promise<string[]> {
  const repository = await gitRepository();
  cpSync(folder, repository.path, { recursive: true });
  repository.commit({});
  const { report } = await check({ repository: repository.path, cache: false, preset: 'strict' });
  const findings = report.findings.filter(({ rule }) => rule !== 'pack/directory-name');
  return findings.map(({ rule, file, severity }) => `${severity} ${rule} ${file}`);
}

test('packs of nothing but their layer pass the strict check', async () => {
  const folder = await scratch();
  for (const layer of LAYERS) {
    const plan = await newPack({
      name: `my-${layer}`,
      layer,
      out: join(folder, 'packs', layer),
      contributor: 'x',
      cache: false,
    });
    expect(plan).toMatchObject({ version: '1.0.0', layer, findings: [] });
    expect(plan.files.map(({ path, data }) => `## ${path}\n${String(data)}`).join('\n')).toMatchSnapshot(layer);
    expect(plan.decisions).toMatchSnapshot(`${layer}: decisions`);
  }
  expect(await checked(folder)).toEqual([]);
});

test('a pack around a chart', async () => {
  const plan = await planned({ charts: [CHART] });
  expect(plan).toMatchObject({
    name: 'hello-yard',
    version: '1.1.0',
    layer: 'addon',
    displayName: 'Hello Yard',
    findings: [],
  });
  expect(plan.files.map(({ path }) => path)).toEqual([
    'README.md',
    'charts/hello-yard-1.1.0.tgz',
    'pack.json',
    'values.yaml',
  ]);
  expect(textOf(plan, 'pack.json')).toMatchSnapshot();
  expect(textOf(plan, 'README.md')).toMatchSnapshot();
  expect(textOf(plan, 'values.yaml')).toContain(`pack:
  namespace: "hello-yard"
  content:
    images:
      - image: docker.io/nginxinc/nginx-unprivileged:1.27.4-alpine

charts:
  hello-yard:
    # Number of web servers.
    replicaCount: 1
`);
});

test('packs of every chart, manifest and role of the example packs pass the strict check', async () => {
  const folder = await scratch();
  const common = { contributor: 'Test', cache: false } as const;
  const sources: NewPackOptions[] = [
    ...CHARTS.map((chart) => ({ charts: [chart] })),
    ...MANIFESTS.flatMap((manifest) => [{ manifests: [manifest] }, { manifests: [manifest], splitByKind: true }]),
    { roles: [ROLE] },
    { charts: CHARTS.slice(0, 2), manifests: MANIFESTS, roles: [ROLE] },
  ];
  for (const [index, source] of sources.entries())
    await newPack({
      ...common,
      ...source,
      name: `sample${index}`,
      displayName: `Sample ${index}`,
      out: join(folder, `packs/sample${index}`),
    });
  // Their versions are not those of their charts only where one pack has two.
  expect((await checked(folder)).filter((line) => !line.includes('chart/version-differs'))).toEqual([]);
});

test('what flags say goes before what the chart says', async () => {
  const plan = await planned({
    name: 'mine',
    version: '7.0.0',
    layer: 'csi',
    displayName: 'Mine',
    cloudTypes: ['aws', 'gcp'],
    namespace: 'storage',
    description: 'Stores "things" | <b>*',
    source: 'vendor',
    contributor: 'Somebody',
    charts: [CHART],
  });
  expect(JSON.parse(textOf(plan, 'pack.json'))).toEqual({
    annotations: {
      source: 'vendor',
      contributor: 'Somebody',
      description: 'Stores "things" | <b>*',
      upstreamVersion: '1.27.4-alpine',
    },
    cloudTypes: ['aws', 'gcp'],
    displayName: 'Mine',
    charts: ['charts/hello-yard-1.1.0.tgz'],
    layer: 'csi',
    name: 'mine',
    version: '7.0.0',
  });
  expect(textOf(plan, 'values.yaml')).toContain('  namespace: "storage"\n  spectrocloud.com/install-priority: "0"\n');
  expect(textOf(plan, 'README.md')).toContain(String.raw`Stores "things" \| \<b\>\*.`);
});

test('images that need a look carry a comment, and are told with their line', async () => {
  const folder = await scratch();
  const values = 'image:\n  repository: quay.io/team/app\n  tag: latest\nother:\n  image: quay.io/team/tool\n';
  writeFileSync(join(folder, 'app.tgz'), packedChart('app', '1.0.0', { 'values.yaml': values }));
  const plan = await planned({ charts: [join(folder, 'app.tgz')] });
  expect(textOf(plan, 'values.yaml')).toContain(`      # The tag latest means another image every day. Found in `);
  const line = textOf(plan, 'values.yaml').split('\n').indexOf('      - image: quay.io/team/app:latest') + 1;
  expect(plan.decisions).toContainEqual({
    file: 'values.yaml',
    line,
    text: expect.stringContaining('quay.io/team/app:latest: The tag latest means another image every day.') as string,
  });
});

test('a pack that the repository knows keeps what it is called, and gets the next version', async () => {
  const repository = await gitRepository(
    packFiles('packs/demo-1.0.0', { manifest: { displayName: 'The Demo', layer: 'csi' } }),
  );
  const options = { name: 'demo', repository: repository.path, contributor: 'x', cache: false } as const;
  const plan = await planNewPack(options);
  expect(plan).toMatchObject({
    version: '1.0.1',
    displayName: 'The Demo',
    layer: 'csi',
    directory: 'packs/demo-1.0.1',
  });
  expect(plan.root).toBe(await realpath(repository.path));
  expect(await failureOf(planNewPack({ ...options, version: '1.0.0' }))).toEqual({
    code: 'version-exists',
    message: 'demo 1.0.0 is there already, in packs/demo-1.0.0.',
    hint: 'The next free version is 1.0.1: --version 1.0.1, or packyard bump demo.',
  });
});

test('a name that is easily taken for another is warned of', async () => {
  const repository = await gitRepository(packFiles('packs/metrics-server-1.0.0', { name: 'metrics-server' }));
  const { findings } = await planNewPack({ name: 'metrics-sever', repository: repository.path, cache: false });
  expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toContain(
    'registry/name-too-similar packs/metrics-sever-1.0.0/pack.json',
  );
});

test('levels of the repository count', async () => {
  const config = 'name: mine\ncheck:\n  rules:\n    registry/name-too-similar: off\n';
  const repository = await gitRepository({
    'registry.yaml': config,
    ...packFiles('packs/metrics-server-1.0.0', { name: 'metrics-server' }),
  });
  const { findings } = await planNewPack({ name: 'metrics-sever', repository: repository.path, cache: false });
  expect(findings).toEqual([]);
});

test.each([
  [{}, 'A pack needs a name.', 'Give it one: packyard new NAME'],
  [
    { name: '../x' },
    '"../x" cannot be the name of a pack.',
    'A name has lower-case letters and digits, with -, _ or . between them: x.',
  ],
  [
    { name: '--' },
    '"--" cannot be the name of a pack.',
    'A name has lower-case letters and digits, with -, _ or . between them.',
  ],
  [{ name: 'con' }, '"con" cannot be the name of a pack: Windows reserves the name "con".', 'Choose another.'],
  [{ name: 'a'.repeat(101) }, 'The name of a pack has at most 100 letters, not 101.', 'Choose another.'],
  [{ name: 'a', version: '../1' }, '"../1" cannot be the version of a pack.', 'Give one such as 1.2.3 with --version.'],
  [
    { name: 'a', namespace: 'A B' },
    '"A B" cannot be a namespace.',
    'A namespace has lower-case letters, digits and dashes, at most 63 of them.',
  ],
  [
    { name: 'a', charts: [CHART, CHART] },
    'Two sources bring the file charts/hello-yard-1.1.0.tgz.',
    'Name each chart and role once, and give files names of their own.',
  ],
])('%j is refused', async (options, message, hint) => {
  expect(await failureOf(planned(options))).toEqual({ code: 'usage', message, hint });
});

test('who is asked sees what is proposed, and what is answered counts', async () => {
  const repository = await gitRepository(packFiles('packs/demo-1.0.0'));
  let seen: unknown;
  const plan = await planNewPack({
    charts: [CHART],
    repository: repository.path,
    cache: false,
    complete: async ({ isNamed, refuse, ...proposed }) => {
      seen = { isNamed, name: proposed.name, version: proposed.version, layer: proposed.layer };
      expect([refuse('demo', '1.0.0'), refuse('NO'), refuse('demo', 'x'), refuse('demo', '2.0.0')]).toEqual([
        'demo 1.0.0 is there already, in packs/demo-1.0.0.',
        '"NO" cannot be the name of a pack.',
        '"x" cannot be the version of a pack.',
        undefined,
      ]);
      return Promise.resolve({ name: 'answered', layer: 'cni' as const });
    },
  });
  expect(seen).toEqual({ isNamed: false, name: 'hello-yard', version: '1.1.0', layer: 'addon' });
  expect(plan).toMatchObject({ name: 'answered', layer: 'cni' });
});

test('the same sources make the same bytes', async () => {
  const [first, second] = [await planned({ charts: [CHART] }), await planned({ charts: [CHART] })];
  expect(first.files).toEqual(second.files);
});

test('it stops when it is told to', async () => {
  await expect(planned({ name: 'a', signal: AbortSignal.abort() })).rejects.toThrow('aborted');
});
