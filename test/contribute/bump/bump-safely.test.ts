import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { planBump, type BumpOptions, type BumpPlan } from '../../../src/contribute/bump/plan-bump.ts';
import { gitRepository, type FileMap } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { packedChart } from '../../helpers/packed-chart.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

interface Setting {
  readonly root: string;
  /** Writes a chart or manifest outside, and says where. */
  file(name: string, data: Buffer | string): string;
  plan(options: Partial<BumpOptions>): Promise<BumpPlan>;
}

async function setting(files: FileMap): Promise<Setting> {
  const repository = await gitRepository(files);
  const root = repository.path;
  const outside = await scratch();
  return {
    root,
    file(name, data) {
      writeFileSync(join(outside, name), data);
      return join(outside, name);
    },
    plan: (options) => planBump({ repository: root, pack: 'demo', cache: false, ...options }),
  };
}

const chart = (name: string, version: string, values: string): Buffer =>
  packedChart(name, version, { 'values.yaml': values });

const valuesOf = ({ changes }: BumpPlan): Buffer | undefined =>
  changes.find(({ path }) => path === 'values.yaml')?.data;

const TWO = packFiles('packs/demo-1.0.0', {
  manifest: { charts: ['charts/a-1.0.0.tgz', 'charts/b-1.0.0.tgz'] },
  files: {
    'values.yaml':
      'pack:\n  content:\n    images:\n    - image: q.io/a:1\ncharts:\n  a:\n    image: q.io/a:1\n    x: 5\n  b:\n    y: 5\n',
    'charts/a-1.0.0.tgz': chart('a', '1.0.0', 'image: q.io/a:1\nx: 1\n'),
    'charts/b-1.0.0.tgz': chart('b', '1.0.0', 'y: 1\n'),
  },
});

test('several charts are replaced at once, and lines are those of the result', async () => {
  const { file, plan } = await setting(TWO);
  const a = file('a.tgz', chart('a', '1.1.0', '# more\nnew: 1\nimage: q.io/a:2\nother: {image: "q.io/o:1"}\nx: 2\n'));
  const b = file('b.tgz', chart('b', '1.2.0', 'y: 2\n'));
  const result = await plan({ charts: [a, b] });
  expect(result.version).toBe('1.1.0');
  expect(result.charts.map(({ after }) => after.path)).toEqual(['charts/a-1.1.0.tgz', 'charts/b-1.2.0.tgz']);
  const lines = (valuesOf(result)?.toString('utf8') ?? '').split('\n');
  expect(result.conflicts.map(({ path, line }) => [path, lines[line - 1]?.trim()])).toEqual([
    ['charts.a.x', 'x: 5'],
    ['charts.b.y', 'y: 5'],
  ]);
  expect(await failureOf(plan({ version: '2.0.0', charts: [a, a] }))).toMatchObject({
    code: 'usage',
    message: 'Two charts cannot both take the place of charts/a-1.0.0.tgz.',
    hint: 'Give one --chart for each chart of the pack that changes.',
  });
});

const OPERATOR = packFiles('packs/demo-1.0.0', {
  manifest: { kubeManifests: ['manifests/a.yaml'] },
  files: {
    'values.yaml': 'pack:\r\n  content:\r\n    images:\r\n    - image: q.io/op:1\r\n    - image: q.io/own:1\r\n',
    'manifests/a.yaml': 'kind: Pod\nspec:\n  containers:\n  - image: q.io/op:1\n',
  },
});

test('images of a manifest follow it, and lines end as before', async () => {
  const { file, plan } = await setting(OPERATOR);
  const manifest = file('a.yaml', 'kind: Pod\nspec:\n  containers:\n  - image: q.io/op:2\n  - image: q.io/side:1\n');
  expect(valuesOf(await plan({ manifests: [manifest] }))?.toString('utf8')).toBe(
    'pack:\r\n  content:\r\n    images:\r\n    - image: q.io/op:2\r\n    - image: q.io/own:1\r\n    - image: q.io/side:1\r\n',
  );
  file('a.yaml', 'x: 1\n');
  expect(await failureOf(plan({ manifests: [manifest] }))).toMatchObject({
    code: 'usage',
    message: `The manifest ${manifest} holds no Kubernetes object: none of its documents has a kind.`,
  });
});

test('values that are not UTF-8 keep their bytes', async () => {
  const values = Buffer.from('charts:\n  demo:\n    a: 1 # \u00E9\n', 'latin1');
  const { file, plan } = await setting(
    packFiles('packs/demo-1.0.0', {
      manifest: { charts: ['charts/demo-1.0.0.tgz'] },
      files: { 'values.yaml': values, 'charts/demo-1.0.0.tgz': chart('demo', '1.0.0', 'a: 1\n') },
    }),
  );
  const result = await plan({ charts: [file('demo.tgz', chart('demo', '1.1.0', 'a: 2\n'))] });
  expect(valuesOf(result)).toEqual(values);
  expect(result.decisions[0]?.text).toBe(
    'The values of the chart were left as they are, because values.yaml is not UTF-8. Compare them with those of the new chart by hand.',
  );
});

test('in place nothing is replaced that is in no commit', async () => {
  const { root, plan } = await setting(packFiles('packs/demo'));
  expect((await plan({})).inPlace).toBe(true);
  writeFileSync(join(root, 'packs/demo/pack.json'), `${JSON.stringify({ name: 'demo', version: '1.0.0' })}\n`);
  expect(await failureOf(plan({}))).toMatchObject({
    code: 'output-unwritable',
    message:
      'The new version takes the place of the one before, of which some is in no commit and would be lost: packs/demo/pack.json. Nothing was written.',
    hint: 'Commit it first, or make the new version beside it with --out.',
  });
  expect((await plan({ out: join(root, 'packs/other') })).inPlace).toBe(false);
});

test('a folder inside a pack is refused, and one that nothing builds is noted', async () => {
  const { root, plan } = await setting(packFiles('packs/demo-1.0.0'));
  expect(await failureOf(plan({ out: join(root, 'packs/demo-1.0.0/next') }))).toMatchObject({
    code: 'output-unwritable',
    message: 'The new version cannot be made in packs/demo-1.0.0/next: it would be part of demo 1.0.0.',
  });
  expect((await plan({ out: join(root, 'elsewhere/demo') })).decisions[0]?.text).toMatch(/names elsewhere\/demo/u);
});

test('a lower version is made, and noted', async () => {
  const { plan } = await setting(packFiles('packs/demo-1.0.0'));
  expect((await plan({ version: '0.9.0' })).decisions).toContainEqual({
    file: 'pack.json',
    text: '0.9.0 is no higher than 1.0.0, of which it was made: see whether that is meant.',
  });
  expect(await failureOf(plan({ version: 'CON' }))).toMatchObject({ code: 'usage' });
});

test('before the first commit it says what to do', async () => {
  const repository = await gitRepository();
  mkdirSync(join(repository.path, 'packs'));
  expect(await failureOf(planBump({ repository: repository.path, pack: 'demo', cache: false }))).toMatchObject({
    code: 'no-commit',
    hint: 'A version that others follow is in a commit: `git add .`, `git commit`, and then make the next one.',
  });
});

test('values of a chart that cannot be used are told, and leave those of the pack as they are', async () => {
  const reason = 'it is not valid YAML (line 2: duplicated mapping key)';
  const [twice, once] = [chart('a', '2.0.0', 'x: 1\nx: 2\n'), chart('a', '1.0.0', 'x: 1\n')];
  const because = async (old: Buffer, next: Buffer): Promise<string | undefined> => {
    const { file, plan } = await setting(
      packFiles('packs/demo-1.0.0', {
        manifest: { charts: ['charts/a.tgz'] },
        files: { 'values.yaml': 'charts:\n  a:\n    x: 5\n', 'charts/a.tgz': old },
      }),
    );
    const result = await plan({ charts: [file('a.tgz', next)], version: '3.0.0' });
    expect(valuesOf(result)?.toString('utf8')).toContain('x: 5');
    expect([result.conflicts, result.unknown]).toEqual([[], []]);
    return result.decisions[0]?.text;
  };
  expect(await because(once, twice)).toBe(
    `The values of the chart were left as they are, because the values.yaml of the new chart cannot be used: ${reason}. Compare them with those of the new chart by hand.`,
  );
  expect(await because(twice, once)).toBe(
    `The values of the chart were left as they are, because charts/a.tgz, whose values they were made of, cannot be read: ${reason}. Compare them with those of the new chart by hand.`,
  );
});
