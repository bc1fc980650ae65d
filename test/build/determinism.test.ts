import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCli, type CliOptions } from '../helpers/cli.ts';
import type { TestRepository } from '../helpers/git-repository.ts';
import { treeOf } from '../helpers/registry-tree.ts';
import { richRepository } from '../helpers/rich-repository.ts';
import { scratch } from '../helpers/scratch.ts';

interface Variant extends CliOptions {
  readonly args?: readonly string[];
  /** Makes another copy of the repository in a folder, and gives the path to build from. */
  readonly copy?: (repository: TestRepository, folder: string) => string;
}

const clone =
  (...options: string[]): NonNullable<Variant['copy']> =>
  ({ git, path }, folder) => {
    git('clone', '--quiet', ...options, path, join(folder, 'clone'));
    return join(folder, 'clone');
  };

const umask = (mask: string): Variant => ({ wrapper: ['sh', '-c', `umask ${mask}; exec "$@"`, 'sh'] });
const ONE_CORE = ['taskset', '--cpu-list', '0'] as const;

const ANYWHERE: Readonly<Record<string, Variant>> = {
  'in another folder': {},
  'in another time zone': { env: { TZ: 'Pacific/Kiritimati' } },
  'with another locale': { env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr' } },
  'with another home': { env: { HOME: '/nonexistent', USERPROFILE: '/nonexistent' } },
  'on one thread': { env: { UV_THREADPOOL_SIZE: '1' } },
  'on many threads': { env: { UV_THREADPOOL_SIZE: '16' } },
  'without a cache': { args: ['--no-cache'] },
  'from its commit': { args: ['--rev', 'HEAD'] },
  'from a branch': { args: ['--rev', 'main'] },
  'from a fresh clone': { copy: clone() },
  'from a clone with other line endings': { copy: clone('--config', 'core.autocrlf=true') },
  'from a bare clone': { copy: clone('--bare'), args: ['--rev', 'HEAD'] },
  'from a clone without a work tree': { copy: clone('--no-checkout'), args: ['--rev', 'main'] },
  'from a linked work tree': {
    copy: ({ git }, folder) => {
      git('worktree', 'add', '--quiet', '--detach', join(folder, 'linked'));
      return join(folder, 'linked');
    },
  },
  'from a folder inside it': { copy: ({ path }) => join(path, 'packs/odd') },
};

const ON_UNIX: Readonly<Record<string, Variant>> = {
  'with a closed umask': umask('077'),
  'with an open umask': umask('000'),
  'with the usual umask': umask('022'),
};

/** The tree that every build must give. Each test makes the repository anew: its commits are the same every time. */
let expected: Record<string, string> | undefined;

async function expectTheSame(variant: Variant): Promise<void> {
  expected ??= await built(await richRepository(), {});
  expect(Object.keys(expected).length).toBeGreaterThan(100);
  expect(await built(await richRepository(), variant)).toEqual(expected);
}

describe('one commit gives the same tree, whatever is around it', () => {
  test.each(Object.entries(ANYWHERE))('%s', async (_name, variant) => {
    await expectTheSame(variant);
  });

  test.skipIf(process.platform === 'win32').each(Object.entries(ON_UNIX))('%s', async (_name, variant) => {
    await expectTheSame(variant);
  });

  test.skipIf(spawnSync(ONE_CORE[0], ['--version']).status !== 0)('on one core (needs taskset)', async () => {
    await expectTheSame({ wrapper: ONE_CORE });
  });

  test('with a cache that knows everything', async () => {
    const env = { PACKYARD_CACHE_DIR: await scratch() };
    await expectTheSame({ env });
    await expectTheSame({ env });
  });

  test('over the registries of other commits', async () => {
    const { path: cwd } = await richRepository();
    const [out, other] = [join(await scratch(), 'public'), join(await scratch(), 'public')];
    for (const revision of ['HEAD~1', 'HEAD~2', 'HEAD']) {
      expect(await runCli(['build', '--rev', revision, '--out', out], { cwd })).toMatchObject({ status: 0 });
    }
    await runCli(['build', '--rev', 'HEAD', '--out', other], { cwd });
    expect(treeOf(out)).toEqual(treeOf(other));
  });

  test.skipIf(process.platform === 'win32')('with modes that a host can serve', async () => {
    const modes = Object.values(await built(await richRepository(), umask('077')));
    expect(new Set(modes.map((what) => what.replace(/[0-9a-f]{64}$/u, 'file')))).toEqual(
      new Set(['0644 file', '0755 folder']),
    );
  });
});

async function built(
  repository: TestRepository,
  { args = [], copy, ...options }: Variant,
): Promise<Record<string, string>> {
  const folder = await scratch();
  const cwd = copy?.(repository, folder) ?? repository.path;
  const out = join(folder, 'out/registry');
  const { status, stderr } = await runCli(['build', '--quiet', ...args, '--out', out], { ...options, cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return treeOf(out);
}
