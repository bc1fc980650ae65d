import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { check } from '../../src/build/check-repository.ts';
import { askGit } from '../../src/repo/ask-git.ts';
import { gitIn } from '../../src/repo/git.ts';
import { openRepository, resolveCommit } from '../../src/repo/repository.ts';
import { readSnapshotFile, snapshotOfWorkTree } from '../../src/repo/snapshot.ts';
import { runCli } from '../helpers/cli.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { readIndex } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { requirePosix } from '../helpers/sandbox.ts';
import { scratch } from '../helpers/scratch.ts';

/** Names that Git, a shell or a terminal could take for something else. */
const NAMES = [
  '-x',
  '--help',
  '--output=touched',
  '--upload-pack=touch touched',
  '--',
  '-',
  'two\nlines',
  'line\n',
  '\nline',
  "it's",
  '"quoted"',
  'back\\slash',
  '\\',
  'a\\nb',
  '$(touch touched)',
  '`touch touched`',
  'a;touch touched',
  ':(top)packs',
  ':/',
  ':!packs',
  '*',
  '[a]',
  '{a,b}',
  'tab\there',
  'escape\u001b[31m',
  'right\u202eleft',
  'ünï 日本',
  '\ufffd',
  ' ',
  '..',
];

const LONG = 'x'.repeat(5000);

describe('a revision', () => {
  test.each([
    ...NAMES,
    LONG,
    `-${LONG}`,
    `HEAD${'~0'.repeat(3000)}x`,
    `${'a/'.repeat(3000)}b`,
    'x'.repeat(200_000),
    'a\0b',
  ])('%j that is none is unknown wherever one is named', async (name) => {
    const repository = await gitRepository({ ...packFiles('packs/demo'), touched: '' });
    const common = { repository: repository.path, cache: await scratch() };
    const failures = [
      await failureOf(build({ ...common, out: join(await scratch(), 'out'), revision: name })),
      await failureOf(check({ ...common, revision: name })),
      await failureOf(check({ ...common, since: name })),
    ];
    for (const { code, message } of failures) {
      expect(code).toBe('unknown-revision');
      expect(message).toBe(`${repository.path} has no commit named ${JSON.stringify(name)}.`);
    }
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  /** What Git takes for the name of a branch. */
  const BRANCHES = ['-x', '--help', '--output=touched', "it's", '"quoted"', '$(touch,x)', 'a;b', 'ünï', '{a,b}', '!a'];

  test.each([...BRANCHES, 'x'.repeat(200), `${'deep/'.repeat(40)}end`])(
    '%j that is a branch is that branch',
    async (name) => {
      const repository = await gitRepository(packFiles('packs/demo'));
      const oid = repository.git('rev-parse', 'HEAD');
      repository.git('update-ref', `refs/heads/${name}`, 'HEAD');
      repository.commit({ 'packs/demo/README.md': 'newer\n' });
      const opened = await openRepository(repository.path);
      const objects = openObjects(repository.path);
      expect((await resolveCommit(opened, name, objects)).oid).toBe(oid);
      expect((await resolveCommit(opened, `refs/heads/${name}`, objects)).oid).toBe(oid);
      const result = await check({ repository: repository.path, cache: await scratch(), since: name });
      const errors = result.report.findings.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ rule }) => rule)).toEqual(['registry/changed-release']);
    },
  );

  test('whose branch is not UTF-8 does no harm to others', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const packed = `# pack-refs with: peeled fully-peeled sorted \n${repository.git('rev-parse', 'HEAD')} refs/heads/\xff\n`;
    writeFileSync(join(repository.path, '.git/packed-refs'), Buffer.from(packed, 'latin1'));
    const out = join(await scratch(), 'out');
    expect((await build({ repository: repository.path, cache: await scratch(), out, revision: 'main' })).ok).toBe(true);
    const failure = await failureOf(
      build({ repository: repository.path, cache: await scratch(), out, revision: '\ufffd' }),
    );
    expect(failure.code).toBe('unknown-revision');
  });

  test('on the command line, begins with a dash', async () => {
    const { path } = await gitRepository(packFiles('packs/demo'));
    for (const args of [
      ['build', '--rev=-x'],
      ['check', '--rev=--help'],
      ['check', '--since=-x'],
    ]) {
      const { status, stderr } = await runCli(args, { cwd: path });
      expect({ status, stderr: stderr.split('\n', 1)[0] }).toEqual({
        status: 2,
        stderr: `error ${path} has no commit named ${JSON.stringify(args[1]?.replace(/^--\w+=/u, ''))}.`,
      });
    }
  });
});

describe.skipIf(process.platform === 'win32')('a folder', () => {
  async function moved(name: string): Promise<TestRepository & { readonly parent: string }> {
    const repository = await gitRepository(packFiles('packs/demo'));
    const parent = await scratch();
    const path = join(parent, name);
    renameSync(repository.path, path);
    onTestFinished(() => renameSync(path, repository.path));
    return { ...repository, path, parent };
  }

  const FOLDERS = NAMES.filter((name) => name !== '..' && !name.includes('/'));

  test.each([...FOLDERS, 'x'.repeat(250)])('%j that is a repository is read, clean and changed', async (name) => {
    const { path, write } = await moved(name);
    const opened = await openRepository(path);
    expect(opened).toMatchObject({
      root: path,
      gitDirectory: join(path, '.git'),
      objectDirectory: join(path, '.git/objects'),
    });
    for (const readme of ['# demo\n', 'changed\n']) {
      writeFileSync(join(path, 'packs/demo/README.md'), readme);
      const snapshot = await snapshotOfWorkTree(opened, ['packs']);
      expect((await readSnapshotFile(snapshot, 'packs/demo/README.md', 100))?.toString()).toBe(readme);
      await snapshot.close();
      expect(snapshot.dirty).toBe(readme === 'changed\n');
    }
    expect(write).toBeDefined();
  });

  test.each(['-x', 'two\nlines', 'it\'s "quoted"', 'back\\slash'])(
    '%j is named with --repo, --out and as the current one',
    async (name) => {
      const { path, parent } = await moved(name);
      const here = await runCli(['build', '--quiet'], { cwd: path });
      expect(here).toEqual({ status: 0, stdout: '', stderr: '' });
      const there = await runCli(['build', '--quiet', `--repo=${name}`, `--out=${name}/out${name}`], { cwd: parent });
      expect(there).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(Object.keys(readIndex(join(path, `out${name}`)).packs)).toEqual(['demo']);
      const checked = await runCli(['check', '--quiet', `--repo=${name}`, '--since=HEAD'], { cwd: parent });
      expect(checked).toEqual({ status: 0, stdout: '', stderr: '' });
    },
  );

  test.each([...NAMES.filter((name) => name !== '..'), LONG, 'a\0b'])('%j that is not there is named', async (name) => {
    const path = join(await scratch(), 'below', name);
    const failure = await failureOf(openRepository(path));
    expect(failure.code).toBe('no-repository');
    for (const work of [async () => gitIn(path), () => askGit(path, ['version'])]) {
      expect((await failureOf(work())).code).toBe('no-repository');
    }
  });

  test('whose name is not UTF-8 is refused', async () => {
    requirePosix('names that are not Unicode');
    const repository = await gitRepository(packFiles('packs/demo'));
    const parent = Buffer.from(`${await scratch()}/`);
    renameSync(repository.path, Buffer.concat([parent, Buffer.from([0xff])]));
    onTestFinished(() => renameSync(Buffer.concat([parent, Buffer.from([0xff])]), repository.path));
    const link = join(await scratch(), 'link');
    execFileSync('sh', ['-c', 'ln -s "$0"/* "$1"', parent.toString(), link]);
    expect(await failureOf(openRepository(link))).toEqual({
      code: 'no-repository',
      message: `The repository of ${link} lies at a path that is not UTF-8.`,
      hint: 'Give its folder, or the one above it that is meant, another name.',
    });
  });

  test.each(['build', 'check'])('that was removed is said to be gone by %s', async (command) => {
    requirePosix('shell that can remove the folder it stands in');
    const folder = join(await scratch(), 'gone');
    mkdirSync(folder);
    // The shell stands in it, and removes it before the program starts.
    const { status, stdout, stderr } = await runCli([command], {
      wrapper: ['sh', '-c', 'cd "$0" && rmdir "$0" && exec "$@"', folder],
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'error The current folder does not exist any more.\n  → Change to one that exists, and run the command again.\n',
    });
    expect(() => rmdirSync(folder)).toThrow();
  });
});

describe('a glob of registry.yaml', () => {
  test.each([...NAMES.filter((name) => !/[\\()]|\.\./u.test(name)), 'x'.repeat(98), 'nul\0'])(
    'that begins with %j reads that folder, if there is one',
    async (name) => {
      const repository = await gitRepository({ 'registry.yaml': `packs: [${JSON.stringify(`${name}/*`)}, packs/*]\n` });
      repository.commit(packFiles('packs/demo'));
      if (!name.includes('\0') && !/[*?[\]{}!]/u.test(name))
        repository.write(packFiles(`${name}/other`, { name: 'other' }));
      repository.write({ 'packs/demo/README.md': 'changed\n' });
      const out = join(await scratch(), 'out');
      const result = await build({ repository: repository.path, cache: await scratch(), out, keepGoing: true });
      expect(Object.keys(readIndex(out).packs)).toContain('demo');
      expect(result.report).toBeDefined();
    },
  );
});
