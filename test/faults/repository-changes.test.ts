import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { openCache } from '../../src/build/cache.ts';
import { build } from '../../src/build/build.ts';
import { openSource, type Source } from '../../src/build/open-source.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { readSnapshotFile } from '../../src/repo/snapshot.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { interruptGit } from '../helpers/git-interrupted.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { treeOf } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { requirePosix } from '../helpers/sandbox.ts';
import { scratch } from '../helpers/scratch.ts';

const COMMIT = 'git -c user.name=A -c user.email=a@b -c core.hooksPath=/dev/null commit -q --allow-empty -m other';

async function opened({ path }: TestRepository): Promise<Source> {
  const source = await openSource(
    await openRepository(path),
    undefined,
    join(path, 'public'),
    openCache(await scratch()),
  );
  onTestFinished(() => source.snapshot.close());
  return source;
}

async function text({ snapshot }: Source, path: string): Promise<string | undefined> {
  return (await readSnapshotFile(snapshot, path, 1000))?.toString();
}

function changed({ path }: TestRepository): object {
  return {
    code: 'repository-changed',
    message: `${path} was changed while it was read.`,
    hint: 'Run the command again when nothing else is at work there, or read a commit with --rev HEAD.',
  };
}

const FILES = { 'packs/a/f': '1', 'packs/b/f': '1', 'docs/f': '1' };

describe.skipIf(process.platform === 'win32')('a work tree that changes while it is read is noticed: ', () => {
  test.each<[string, 'before' | 'after', string, string]>([
    ['a commit after Git looked', 'after', 'status', COMMIT],
    ['another branch after Git looked', 'after', 'status', 'git checkout -q other'],
    ['the branch goes back after Git looked', 'after', 'status', 'git reset -q --hard HEAD~1'],
  ])('clean, %s', async (_name, when, command, script) => {
    const repository = await gitRepository(FILES);
    repository.commit({ 'packs/a/f': '2' });
    repository.git('branch', 'other', 'HEAD~1');
    const interrupted = await interruptGit(when, command, repository.path, script);
    expect(await failureOf(opened(repository))).toEqual(changed(repository));
    expect(interrupted()).toBe(true);
  });

  test.each<[string, 'before' | 'after', string, string]>([
    ['a commit before it is listed', 'before', 'ls-files', COMMIT],
    ['a commit before the tree is written', 'before', 'write-tree', COMMIT],
    ['another branch before it is listed', 'before', 'ls-files', 'git checkout -q other'],
    ['a file that was added', 'before', 'write-tree', 'echo 3 > packs/a/f'],
    ['a file that was new', 'before', 'write-tree', 'echo 3 > packs/new/f'],
    [
      'a file of the same size in the same second',
      'before',
      'write-tree',
      'printf 3 > packs/a/f; touch -r packs/b/f packs/a/f',
    ],
    ['a file that had no change', 'before', 'write-tree', 'echo 3 > packs/b/f'],
    ['a file more', 'before', 'write-tree', 'echo 3 > packs/b/more'],
    ['a file less', 'before', 'write-tree', 'rm packs/b/f'],
    ['a file that became executable', 'before', 'write-tree', 'chmod +x packs/b/f'],
    ['all of it gone', 'before', 'write-tree', 'rm -r packs'],
    ['registry.yaml goes before it is added', 'before', 'add', 'rm registry.yaml'],
    ['a file that is committed meanwhile', 'before', 'write-tree', `git add packs; ${COMMIT}`],
  ])('changed, %s', async (_name, when, command, script) => {
    const repository = await gitRepository(FILES);
    repository.git('branch', 'other');
    repository.commit({ 'docs/f': '2' });
    repository.write({ 'packs/a/f': '2', 'packs/new/f': '2', 'registry.yaml': 'name: x\n' });
    const interrupted = await interruptGit(when, command, repository.path, script);
    expect(await failureOf(opened(repository))).toEqual(changed(repository));
    expect(interrupted()).toBe(true);
  });

  /** A filter of the user's own that runs a script as soon as it is given some file, so right while Git reads. */
  async function whileReading(repository: TestRepository, file: string, script: string): Promise<void> {
    requirePosix('scripts that are programs');
    const folder = await scratch();
    const program = join(folder, 'filter');
    writeFileSync(program, `#!/bin/sh\ncd '${repository.path}'\n${script}\nexec cat\n`);
    chmodSync(program, 0o755);
    const config = join(folder, 'config');
    execFileSync('git', ['config', '--file', config, 'filter.x.clean', program]);
    repository.write({ '.git/info/attributes': `${file} filter=x\n` });
    withEnvironment({ GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' });
  }

  test.each([
    ['a file that was read already', 'echo 4 > packs/a/f'],
    ['a file that goes', 'rm -f packs/new/z'],
    ['a folder that goes', 'rm -rf packs/new'],
    ['a folder that becomes a file', 'rm -rf packs/new; echo > packs/new'],
  ])('while it is added, %s', async (_name, script) => {
    const repository = await gitRepository(FILES);
    repository.write({ 'packs/a/f': '22', 'packs/m': 'new', 'packs/new/z': 'new' });
    await whileReading(repository, 'packs/m', script);
    expect(await failureOf(opened(repository))).toEqual(changed(repository));
  });

  test('or is read as it was at one moment', async () => {
    const repository = await gitRepository(FILES);
    repository.write({ 'packs/a/f': '2' });
    await interruptGit('before', 'ls-files', repository.path, 'echo 3 > packs/b/f; echo 3 > packs/a/f; rm docs/f');
    const source = await opened(repository);
    expect([await text(source, 'packs/a/f'), await text(source, 'packs/b/f')]).toEqual(['3\n', '3\n']);
  });

  test('or is the commit that was there before or after', async () => {
    const repository = await gitRepository(FILES);
    await interruptGit('before', 'status', repository.path, `echo 2 > packs/a/f; git add .; ${COMMIT}`);
    const found = await opened(repository).catch((error: unknown) => error);
    if (found instanceof Error) expect(found).toMatchObject(changed(repository));
    else expect(await text(found as Source, 'packs/a/f')).toBe('2\n');
  });
});

describe.skipIf(process.platform === 'win32')('a configuration that changes while it is read', () => {
  test('is followed to the folders that it names now', async () => {
    const repository = await gitRepository({ 'registry.yaml': 'packs: [a/*]\n', 'a/p/f': '1', 'b/p/f': '1' });
    repository.write({ 'b/p/f': 'edited' });
    await interruptGit('before', 'status', repository.path, "echo 'packs: [b/*]' > registry.yaml");
    const source = await opened(repository);
    expect(source.config.packs).toEqual(['b/*']);
    expect(await text(source, 'b/p/f')).toBe('edited');
  });

  test('again and again is an error', async () => {
    const repository = await gitRepository({ 'registry.yaml': 'packs: [a/*]\n', 'a/p/f': '1' });
    requirePosix('scripts that are programs');
    const next =
      'n=$(cat .git/n 2>/dev/null || echo 1); echo $((n + 1)) > .git/n; echo "packs: [b$n/*]" > registry.yaml';
    const folder = await scratch();
    const path = process.env['PATH'] ?? '';
    writeFileSync(
      join(folder, 'git'),
      `#!/bin/sh\nPATH='${path}'\ncase " $* " in *' status '*'--untracked-files'*) [ -z "$GIT_INDEX_FILE" ] && (cd '${repository.path}'; ${next});; esac\nexec git "$@"\n`,
    );
    chmodSync(join(folder, 'git'), 0o755);
    withEnvironment({ PATH: `${folder}:${path}` });
    expect(await failureOf(opened(repository))).toEqual(changed(repository));
  });

  test('is the one that Git has where it does not track the file', async () => {
    const repository = await gitRepository({ '.gitignore': 'registry.yaml\n', ...FILES });
    repository.write({ 'registry.yaml': 'packs: [docs/*]\n', 'packs/a/f': 'edited' });
    const source = await opened(repository);
    expect(source.config.packs).toEqual(['packs/*', 'packs/*/*']);
    expect(await text(source, 'packs/a/f')).toBe('edited');
  });
});

/** Everything that a person or a program could do to a repository meanwhile, again and again. */
const STORM = `
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b
n=0
while :; do
  n=$((n + 1))
  echo $n > packs/p1/README.md; echo $n > packs/p2/new-$n; rm -rf packs/p3
  git add --all; git commit -q -m "storm $n"
  git checkout -q -B side-$n HEAD~1; git checkout -q -f main
  git reset -q --hard HEAD~1; git tag -f moving >/dev/null
  git branch -q -D side-$n
  [ $((n % 2)) = 0 ] && git repack -q -a -d
  git gc -q --prune=now
done`;

describe.skipIf(process.platform === 'win32')('a revision', () => {
  test('is read as it is, whatever happens to the repository meanwhile', { timeout: 180_000 }, async () => {
    const packs = Array.from({ length: 12 }, (_, n) => packFiles(`packs/p${n}`, { name: `pack-${n}` }));
    const repository = await gitRepository(Object.assign({}, ...packs));
    repository.commit(packFiles('packs/late', { name: 'late' }));
    const revision = repository.git('rev-parse', 'HEAD');
    repository.commit({ 'packs/p1/README.md': 'newer\n' });
    repository.commit({ 'packs/p1/README.md': 'newest\n' });
    const registry = async (): Promise<Record<string, string>> => {
      const out = join(await scratch(), 'public');
      const result = await build({ repository: repository.path, revision, out, cache: await scratch() });
      expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      return treeOf(out);
    };
    const expected = await registry();
    const storm = spawn('sh', ['-c', STORM], { cwd: repository.path, stdio: 'ignore', detached: true });
    const ended = new Promise((resolve) => storm.on('close', resolve));
    onTestFinished(async () => {
      if (storm.pid !== undefined) process.kill(-storm.pid, 'SIGKILL');
      await ended;
    });
    for (let round = 0; round < 8; round += 1) expect(await registry()).toEqual(expected);
    expect(storm.exitCode).toBeNull();
  });

  test.each(['rev-list', 'cat-file'])('is read where %s finds everything packed anew', async (command) => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.commit(packFiles('packs/other', { name: 'other' }));
    const options = { repository: repository.path, revision: 'HEAD~1', cache: await scratch() };
    const [undisturbed, out] = [join(await scratch(), 'public'), join(await scratch(), 'public')];
    await build({ ...options, out: undisturbed, cache: await scratch() });
    const interrupted = await interruptGit('before', command, repository.path, 'git gc -q --prune=now');
    await build({ ...options, out });
    expect(interrupted()).toBe(true);
    expect(treeOf(out)).toEqual(treeOf(undisturbed));
  });
});
