import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { readPackSource } from '../../../src/contribute/push/read-pack-source.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { packFiles, type PackOptions } from '../../helpers/pack-fixture.ts';
import { ADA, loosePack, writeFiles } from '../../helpers/push-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

beforeEach(() => {
  withEnvironment(ADA);
});

interface Checkout {
  readonly path: string;
  readonly pack: string;
  git(...args: readonly string[]): string;
  /** Everything that a push could have changed. */
  state(): string;
}

async function checkout(options: PackOptions = {}, init: readonly string[] = []): Promise<Checkout> {
  const path = join(await scratch(), 'co');
  const run = (...args: readonly string[]): string => execFileSync('git', args, { encoding: 'utf8' });
  run('init', '--quiet', ...init, path);
  writeFiles(path, packFiles('packs/demo-1.0.0', options));
  const git = (...args: readonly string[]): string => run('-C', path, ...args);
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  const state = (): string =>
    [git('ls-files', '--stage', '--debug'), git('count-objects', '-v'), git('for-each-ref')].join('\n');
  return { path, pack: join(path, 'packs/demo-1.0.0'), git, state };
}

/** Mode and text by path. */
async function read(directory: string): Promise<Record<string, string>> {
  const { files } = await readPackSource(directory);
  return Object.fromEntries(files.map(({ path, mode, data }) => [path, `${mode} ${data.toString('utf8')}`]));
}

describe('line endings', () => {
  it('are those of Git, in a checkout where autocrlf made others', async () => {
    const { pack, git, state } = await checkout({ files: { 'text.txt': 'a\nb\n', 'bytes.bin': 'a\r\n\0' } });
    const before = await read(pack);
    git('config', 'core.autocrlf', 'true');
    git('rm', '--quiet', '--cached', '-r', '.');
    git('reset', '--quiet', '--hard');
    expect(readFileSync(join(pack, 'text.txt'), 'utf8')).toBe('a\r\nb\r\n');
    writeFileSync(join(pack, 'new.txt'), 'new\r\n');
    const was = state();
    expect(await read(pack)).toEqual({ ...before, 'new.txt': '100644 new\n' });
    expect(state()).toBe(was);
  });

  it('are those of the user where there is no repository', async () => {
    const directory = await loosePack({ files: { 'text.txt': 'a\r\nb\r\n' } });
    expect((await read(directory))['text.txt']).toBe('100644 a\r\nb\r\n');
    withEnvironment({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.autocrlf', GIT_CONFIG_VALUE_0: 'true' });
    expect((await read(directory))['text.txt']).toBe('100644 a\nb\n');
    writeFileSync(join(directory, '.gitattributes'), '*.txt -text\n');
    expect((await read(directory))['text.txt']).toBe('100644 a\r\nb\r\n');
    expect(existsSync(join(directory, '.git'))).toBe(false);
  });
});

describe('modes', () => {
  it('are those of the disk', async () => {
    const directory = await loosePack({ files: { 'run.sh': '#!/bin/sh\n', 'other.sh': '#!/bin/sh\n' } });
    chmodSync(join(directory, 'run.sh'), 0o755);
    expect(await read(directory)).toMatchObject({ 'run.sh': '100755 #!/bin/sh\n', 'other.sh': '100644 #!/bin/sh\n' });
  });

  it('are those of the index where the disk has none, and of a new file what its first line says', async () => {
    const { pack, git } = await checkout({ files: { tool: 'x', 'old.sh': '#!/bin/sh\n' } });
    git('update-index', '--chmod=+x', 'packs/demo-1.0.0/tool');
    git('config', 'core.fileMode', 'false');
    writeFileSync(join(pack, 'new.sh'), '#!/bin/sh\n');
    writeFileSync(join(pack, 'new.txt'), 'x');
    chmodSync(join(pack, 'new.txt'), 0o755);
    expect(await read(pack)).toMatchObject({
      tool: '100755 x',
      'old.sh': '100644 #!/bin/sh\n',
      'new.sh': '100755 #!/bin/sh\n',
      'new.txt': '100644 x',
    });
  });
});

describe('filters', () => {
  it('are run where the user names them, and never where only the repository does', async () => {
    const { path, pack, git } = await checkout({ files: { '.gitattributes': '*.txt filter=own\n', 'a.txt': 'a' } });
    withEnvironment({ GIT_CONFIG_GLOBAL: join(await scratch(), 'config') });
    const user = (...args: readonly string[]): string => git('config', '--global', ...args);
    user('user.name', 'Ada');
    user('filter.own.clean', 'tr a b');
    writeFileSync(join(pack, 'b.txt'), 'aa');
    expect((await read(pack))['b.txt']).toBe('100644 bb');
    user('--unset', 'filter.own.clean');
    git('config', 'filter.own.clean', `touch '${path}/ran'; cat`);
    const failure = await failureOf(readPackSource(pack));
    expect(failure).toEqual({
      code: 'git-failed',
      message:
        '"packs/demo-1.0.0/a.txt" goes through the filter "own", a program that only the repository\'s own settings name.',
      hint: 'Nothing was pushed. Packyard runs no program that a repository names. Set the filter up in your own settings, with git config --global, if you trust it.',
    });
    expect(existsSync(join(path, 'ran'))).toBe(false);
  });

  it('of LFS leave nothing that a registry could be built from', async () => {
    const directory = await loosePack({
      files: { 'big.tgz': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n' },
    });
    expect(await failureOf(readPackSource(directory))).toEqual({
      code: 'pack-refused',
      message: `Git LFS stores ${join(directory, 'big.tgz')} elsewhere, where no registry that is built from Git finds it.`,
      hint: 'Take it out of LFS in .gitattributes, and push again: packs hold the files themselves.',
    });
  });
});

describe('a directory', () => {
  it('is read where it lies in a linked work tree, a sparse checkout, a SHA-256 repository, and by a link', async () => {
    const { path, pack, git } = await checkout({}, ['--object-format=sha256']);
    const expected = await read(pack);
    git('worktree', 'add', '--quiet', '../linked');
    expect(await read(join(path, '../linked/packs/demo-1.0.0/'))).toEqual(expected);
    symlinkSync(pack, join(path, 'link'));
    expect(await read(`${path}/link/`)).toEqual(expected);
    git('sparse-checkout', 'set', '--no-cone', '/packs/demo-1.0.0/pack.json');
    expect(existsSync(join(pack, 'values.yaml'))).toBe(false);
    expect(await read(pack)).toEqual(expected);
  });

  it('is the root of a repository, or one beside a submodule', async () => {
    const { path, pack, git } = await checkout();
    const expected = await read(pack);
    execFileSync('git', ['init', '--quiet', pack]);
    expect(await read(pack)).toEqual(expected);
    execFileSync('git', ['-C', pack, 'add', '.']);
    execFileSync('git', ['-C', pack, 'commit', '--quiet', '--message', 'own']);
    git('rm', '-r', '--quiet', '--cached', 'packs');
    git('-c', 'advice.addEmbeddedRepo=false', 'add', '--no-warn-embedded-repo', 'packs/demo-1.0.0');
    writeFiles(path, packFiles('packs/demo-1.1.0', { version: '1.1.0' }));
    expect(Object.keys(await read(join(path, 'packs/demo-1.1.0')))).toEqual(Object.keys(expected));
    const above = await failureOf(readPackSource(join(path, 'packs')));
    expect(above.message).toBe(`${join(path, 'packs')} holds no pack.json, so it is no pack.`);
  });

  it('holds no repository of its own, checked out or not', async () => {
    const { path, pack, git } = await checkout();
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD').trim()},packs/demo-1.0.0/sub`);
    mkdirSync(join(pack, 'sub'));
    const failure = await failureOf(readPackSource(pack));
    expect(failure).toMatchObject({
      code: 'pack-refused',
      message: `${join(path, 'packs/demo-1.0.0/sub')} is a Git repository of its own, which a pack cannot hold.`,
    });
  });

  it('that Git ignores, or whose merge is open, is said to be that', async () => {
    const { path, pack, git } = await checkout();
    writeFileSync(join(path, '.gitignore'), '/drafts/\n');
    writeFiles(path, packFiles('drafts/demo'));
    expect(await failureOf(readPackSource(join(path, 'drafts/demo')))).toEqual({
      code: 'pack-refused',
      message: `Git is told to ignore ${join(path, 'drafts/demo/pack.json')}, so that there is no pack to push.`,
      hint: 'Look which rule does: git check-ignore --verbose pack.json. Or copy the pack to another place.',
    });
    git('checkout', '--quiet', '-b', 'other');
    writeFileSync(join(pack, 'README.md'), 'one');
    git('commit', '--quiet', '--all', '--message', 'one');
    git('checkout', '--quiet', '-');
    writeFileSync(join(pack, 'README.md'), 'two');
    git('commit', '--quiet', '--all', '--message', 'two');
    expect(() => git('merge', 'other')).toThrow('Command failed');
    expect(await failureOf(readPackSource(pack))).toEqual({
      code: 'git-failed',
      message: 'The merge of "packs/demo-1.0.0/README.md" is not resolved.',
      hint: 'Nothing was pushed. Mend what Git names, and push again.',
    });
  });
});
