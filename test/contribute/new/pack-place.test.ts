import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { newPack } from '../../../src/contribute/new/new-pack.ts';
import { planNewPack } from '../../../src/contribute/new/plan-new-pack.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const CHART = fileURLToPath(new URL('../../../packs/hello-yard-1.1.0/charts/hello-yard-1.1.0.tgz', import.meta.url));

test('what the repository would not take is told: globs, and what Git ignores', async () => {
  const repository = await gitRepository({
    'registry.yaml': 'name: mine\npacks: [packs/*]\n',
    '.gitignore': '*.tgz\n',
  });
  const out = join(repository.path, 'elsewhere/a');
  const { decisions, directory } = await planNewPack({
    charts: [CHART],
    out,
    repository: repository.path,
    cache: false,
  });
  expect(directory).toBe('elsewhere/a');
  expect(decisions.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'No glob of registry.yaml names elsewhere/a: add one to its packs, or nothing builds the pack.',
      'Git ignores charts/hello-yard-1.1.0.tgz: change .gitignore, or add with git add --force.',
    ]),
  );
});

test('what is there is not overwritten', async () => {
  const repository = await gitRepository(packFiles('packs/demo-1.0.0'));
  const options = { name: 'new', repository: repository.path, cache: false } as const;
  mkdirSync(join(repository.path, 'packs/new-1.0.0'));
  await planNewPack(options);
  writeFileSync(join(repository.path, 'packs/new-1.0.0/notes'), '');
  expect(await failureOf(planNewPack(options))).toMatchObject({
    code: 'output-unwritable',
    message: expect.stringContaining('is there already, and nothing is overwritten.') as string,
    hint: 'Choose another folder with --out, or move what is there out of the way.',
  });
  const inside = planNewPack({ ...options, out: join(repository.path, 'packs/demo-1.0.0/sub') });
  expect((await failureOf(inside)).message).toBe(
    'packs/demo-1.0.0/sub lies in the pack packs/demo-1.0.0, and a pack holds no other.',
  );
});

test.skipIf(process.platform === 'win32')(
  'a link in the repository is not followed when the pack is written',
  async () => {
    const [repository, elsewhere] = [await gitRepository({ 'registry.yaml': 'name: mine\n' }), await scratch()];
    symlinkSync(elsewhere, join(repository.path, 'packs'));
    const error = await failureOf(newPack({ name: 'new', repository: repository.path, cache: false }));
    expect(error).toMatchObject({ code: 'output-unwritable' });
    expect(readdirSync(elsewhere)).toEqual([]);
  },
);

test('outside of a repository the pack is its folder', async () => {
  const out = join(await realpath(await scratch()), 'a/b');
  const plan = await newPack({ name: 'demo', out, cache: false, contributor: 'x' });
  expect(plan).toMatchObject({ root: out, directory: '', inRepository: false });
  expect(readFileSync(join(out, 'pack.json'), 'utf8')).toBe(
    String(plan.files.find(({ path }) => path === 'pack.json')?.data),
  );
  expect(await failureOf(planNewPack({ name: 'demo', repository: await scratch(), cache: false }))).toMatchObject({
    code: 'no-repository',
  });
});

test('a pack is not made below a file', async () => {
  const file = join(await realpath(await scratch()), 'file');
  writeFileSync(file, '');
  const error = await failureOf(newPack({ name: 'new', out: join(file, 'new'), cache: false }));
  expect(error).toMatchObject({
    code: 'output-unwritable',
    message: `${join(file, 'new')} cannot be made: a file is where a folder above it should be. Nothing was written.`,
  });
});
