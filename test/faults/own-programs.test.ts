import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { check } from '../../src/build/check-repository.ts';
import { fix } from '../../src/build/fix-repository.ts';
import { PackyardError } from '../../src/errors.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { readSnapshotFile, snapshotOfWorkTree } from '../../src/repo/snapshot.ts';
import { withEnvironment } from '../helpers/environment.ts';
import type { TestRepository } from '../helpers/git-repository.ts';
import { scratch } from '../helpers/scratch.ts';
import { trap, type Trap } from '../helpers/trap.ts';

/** Everything that reads a repository; what comes of it does not matter here, as long as it is no crash. */
async function readInEveryWay({ path, write }: TestRepository): Promise<string[]> {
  const folder = await scratch();
  const common = { repository: path, cache: join(folder, 'cache') };
  const builds = { ...common, out: join(folder, 'public') };
  const failures: string[] = [];
  const attempt = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof PackyardError)) throw error;
      failures.push(error.message);
    }
  };
  const all = async (): Promise<void> => {
    await attempt(build(builds));
    await attempt(check(common));
    await attempt(check({ ...common, since: 'HEAD~1' }));
    await attempt(fix(common, { unsafe: true, dryRun: false }));
  };
  await all();
  await attempt(build({ ...builds, revision: 'HEAD' }));
  await attempt(check({ ...common, revision: 'HEAD~1' }));
  write({ 'packs/demo/README.md': '# changed\n', 'packs/new/README.md': 'new\n' });
  await all();
  return failures;
}

/** Git commands that would start what the settings name. */
type Control = readonly (readonly string[])[];

const ADD: Control = [
  ['add', '--dry-run', '.'],
  ['add', '.'],
];

describe('a program that only the repository names does not run: ', () => {
  test.each<[string, (trap: Trap) => void, Control]>([
    ['core.fsmonitor', ({ repository, program }) => repository.git('config', 'core.fsmonitor', program), [['status']]],
    [
      'a hook',
      ({ repository, program }) => {
        for (const name of ['post-index-change', 'pre-auto-gc', 'reference-transaction']) {
          execFileSync('cp', [program, join(repository.path, '.git/hooks', name)]);
        }
      },
      ADD,
    ],
    [
      'core.hooksPath',
      ({ repository, program }) => {
        mkdirSync(join(repository.path, 'hooks'));
        execFileSync('cp', [program, join(repository.path, 'hooks/post-index-change')]);
        repository.git('config', 'core.hooksPath', 'hooks');
      },
      ADD,
    ],
    [
      'a clean filter',
      ({ repository, program }) => attribute(repository, 'filter=x', ['filter.x.clean', program]),
      ADD,
    ],
    [
      'a clean filter that is required',
      ({ repository, program }) =>
        attribute(repository, 'filter=x', ['filter.x.clean', program], ['filter.x.required', 'true']),
      ADD,
    ],
    [
      'a filter with an odd name',
      ({ repository, program }) => attribute(repository, 'filter=a.b"c', ['filter.a.b"c.clean', program]),
      ADD,
    ],
    [
      'a process filter',
      ({ repository, program }) => attribute(repository, 'filter=x', ['filter.x.process', `${program} clean`]),
      ADD,
    ],
    [
      'a filter of the attributes in .git/info',
      ({ repository, program }) => {
        repository.write({ '.git/info/attributes': '* filter=x\n' });
        repository.git('config', 'filter.x.clean', program);
      },
      ADD,
    ],
    [
      'a filter of settings that are included',
      ({ repository, program }) => {
        repository.write({ '.git/more': `[filter "x"]\nclean = ${program}\n` });
        attribute(repository, 'filter=x', ['include.path', 'more']);
      },
      ADD,
    ],
    [
      'a filter of settings that are included for a branch',
      ({ repository, program }) => {
        repository.write({ '.git/more': `[filter "x"]\nclean = ${program}\n` });
        attribute(repository, 'filter=x', ['includeIf.onbranch:main.path', 'more']);
      },
      ADD,
    ],
    [
      'a filter of one work tree',
      ({ repository, program }) => {
        repository.git('config', 'extensions.worktreeConfig', 'true');
        repository.git('config', '--worktree', 'filter.x.clean', program);
        attribute(repository, 'filter=x');
      },
      ADD,
    ],
    [
      'a smudge filter',
      ({ repository, program }) => attribute(repository, 'filter=x', ['filter.x.smudge', program]),
      [['checkout', 'packs/demo/README.md']],
    ],
    ['diff.external', ({ repository, program }) => repository.git('config', 'diff.external', program), [['diff']]],
    [
      'a textconv',
      ({ repository, program }) => attribute(repository, 'diff=x', ['diff.x.textconv', program]),
      [['diff']],
    ],
    [
      'a diff driver',
      ({ repository, program }) => attribute(repository, 'diff=x', ['diff.x.command', program]),
      [['diff']],
    ],
    [
      'a pager',
      ({ repository, program }) =>
        ['core.pager', 'pager.log', 'pager.status'].forEach((key) => repository.git('config', key, program)),
      [],
    ],
    [
      'an alias',
      ({ repository, program }) =>
        ['status', 'rev-parse', 'add', 'mine'].forEach((name) =>
          repository.git('config', `alias.${name}`, `!${program}`),
        ),
      [['mine']],
    ],
    [
      'a program that verifies signatures',
      ({ repository, program }) => {
        repository.git('config', 'gpg.program', program);
        repository.git('config', 'log.showSignature', 'true');
        const commit = repository
          .git('cat-file', 'commit', 'HEAD')
          .replace('\n\n', '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n');
        const args = ['hash-object', '-t', 'commit', '-w', '--stdin'];
        const oid = execFileSync('git', args, { cwd: repository.path, input: `${commit}\n`, encoding: 'utf8' }).trim();
        repository.git('update-ref', 'HEAD', oid);
      },
      [['log', '-1']],
    ],
    ['a merge driver', ({ repository, program }) => attribute(repository, 'merge=x', ['merge.x.driver', program]), []],
    [
      'a filter of a submodule',
      ({ repository, program }) => {
        repository.git('-c', 'protocol.file.allow=always', 'clone', '--quiet', repository.path, 'packs/demo/sub');
        const inner = join(repository.path, 'packs/demo/sub');
        execFileSync('git', ['config', 'filter.x.clean', program], { cwd: inner });
        execFileSync('git', ['config', 'core.fsmonitor', program], { cwd: inner });
        writeFileSync(join(inner, '.gitattributes'), '* filter=x\n');
        repository.git('-c', 'advice.addEmbeddedRepo=false', 'add', 'packs/demo/sub');
        repository.git('commit', '--quiet', '-m', 'submodule');
        writeFileSync(join(inner, 'packs/demo/pack.json'), '{}');
      },
      [['status']],
    ],
  ])('%s', async (_name, set, control) => {
    const made = await trap();
    set(made);
    made.sprung();
    await readInEveryWay(made.repository);
    expect(made.sprung()).toBe(false);
    // The same settings do start the program where Git is not held back.
    const ran = control.map((args) => {
      spawnSync('git', args, { cwd: made.repository.path, stdio: 'ignore', input: '' });
      return made.sprung();
    });
    if (control.length > 0) expect(ran).toContain(true);
  });
});

/** Gives all files an attribute, commits that, and makes settings after it. */
function attribute(repository: TestRepository, text: string, ...settings: (readonly [string, string])[]): void {
  repository.commit({ '.gitattributes': `* ${text}\n` });
  for (const [key, value] of settings) repository.git('config', key, value);
}

describe('what only a filter of the repository’s own can read', () => {
  test('is an error that names both', async () => {
    const { repository, program } = await trap();
    repository.commit({ '.gitattributes': 'packs/demo/README.md filter=x\n' });
    repository.git('config', 'filter.x.clean', program);
    repository.write({ 'packs/demo/README.md': '# changed\n' });
    const work = openRepository(repository.path).then((opened) => snapshotOfWorkTree(opened, ['packs']));
    await expect(work).rejects.toMatchObject({
      code: 'git-failed',
      message: `"packs/demo/README.md" goes through the filter "x", a program that only the repository's own settings name.`,
      hint: 'Packyard runs no program that a repository names. Set the filter up in your own settings, with git config --global, if you trust it; or read a commit with --rev HEAD.',
    });
  });

  test('does not stop what it has nothing to do with', async () => {
    const { repository, program } = await trap();
    repository.commit({ '.gitattributes': '*.md filter=x\n' });
    // What was written in the second of the index Git would read again.
    for (const name of ['demo', 'other']) utimesSync(join(repository.path, `packs/${name}/README.md`), 1e9, 1e9);
    repository.git('update-index', '--refresh');
    repository.git('config', 'filter.x.clean', program);
    repository.write({ 'packs/demo/run.sh': '#!/bin/sh\necho\n' });
    const snapshot = await snapshotOfWorkTree(await openRepository(repository.path), ['packs']);
    await snapshot.close();
    expect(snapshot.dirty).toBe(true);
  });

  test('is read where the user has set the filter up, as the user has', async () => {
    const { repository, program, sprung } = await trap();
    const global = join(await scratch(), 'config');
    execFileSync('git', ['config', '--file', global, 'filter.x.clean', 'tr a-z A-Z']);
    withEnvironment({ GIT_CONFIG_GLOBAL: global });
    attribute(repository, 'filter=x', ['filter.x.clean', program]);
    repository.write({ 'packs/demo/README.md': '# changed\n' });
    const snapshot = await snapshotOfWorkTree(await openRepository(repository.path), ['packs']);
    onTestFinished(() => snapshot.close());
    expect(sprung()).toBe(false);
    expect((await readSnapshotFile(snapshot, 'packs/demo/README.md', 100))?.toString()).toBe('# CHANGED\n');
  });
});
