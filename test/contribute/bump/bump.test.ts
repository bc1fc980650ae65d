import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { applyBump } from '../../../src/contribute/bump/bump.ts';
import { planBump } from '../../../src/contribute/bump/plan-bump.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { packedChart } from '../../helpers/packed-chart.ts';
import { failureOf } from '../../helpers/rejection.ts';

test('when a file changed meanwhile nothing is written at all', async () => {
  const repository = await gitRepository(
    packFiles('packs/demo', {
      manifest: { charts: ['charts/demo-1.0.0.tgz'] },
      files: { 'charts/demo-1.0.0.tgz': packedChart('demo') },
    }),
  );
  const root = repository.path;
  const next = join(root, 'next.tgz');
  writeFileSync(next, packedChart('demo', '1.1.0'));
  const plan = await planBump({ repository: root, pack: 'demo', charts: [next], cache: false });
  writeFileSync(join(root, 'packs/demo/pack.json'), '{}\n');
  const failure = await failureOf(Promise.resolve().then(() => applyBump(plan)));
  expect(failure.code).toBe('output-unwritable');
  expect(failure.message).toContain('packs/demo/pack.json: it is not what Git has of it');
  expect(readdirSync(join(root, 'packs/demo/charts'))).toEqual(['demo-1.0.0.tgz']);
  expect(readFileSync(join(root, 'packs/demo/pack.json'), 'utf8')).toBe('{}\n');
});

test('when writing fails half-way everything is as it was before', async () => {
  const files = { 'charts/demo-1.0.0.tgz': packedChart('demo'), 'values.yaml': 'charts:\n  demo:\n    a: 1\n' };
  const repository = await gitRepository(
    packFiles('packs/demo', { manifest: { charts: ['charts/demo-1.0.0.tgz'] }, files }),
  );
  const root = repository.path;
  const next = join(root, 'next.tgz');
  writeFileSync(next, packedChart('demo', '1.1.0'));
  const plan = await planBump({ repository: root, pack: 'demo', charts: [next], cache: false });
  // What is written first goes to a name beside the file, where now a folder with something in it lies.
  mkdirSync(join(root, 'packs/demo/zzz.yaml.packyard.tmp/in'), { recursive: true });
  const broken = { path: 'zzz.yaml', kind: 'write', executable: false, data: Buffer.from('x') } as const;
  const failure = await failureOf(
    Promise.resolve().then(() => applyBump({ ...plan, changes: [...plan.changes, broken] })),
  );
  expect(failure.code).toBe('output-unwritable');
  expect(existsSync(join(root, 'packs/demo/charts/demo-1.1.0.tgz'))).toBe(false);
  expect(repository.git('diff', '--name-only')).toBe('');
});
