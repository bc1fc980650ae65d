import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { openRepository } from '../../src/repo/repository.ts';
import { workTreeStatus, writeWorkTree, type WorkTree } from '../../src/repo/work-tree.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

async function written(path: string, paths: readonly string[] = ['packs']): Promise<WorkTree> {
  const workTree = await writeWorkTree(await openRepository(path), paths);
  onTestFinished(() => workTree.dispose());
  return workTree;
}

/** The tree that a commit of everything would have. */
function committed(repository: TestRepository): string {
  repository.commit({});
  return repository.git('rev-parse', 'HEAD^{tree}');
}

test.each(['/public/', 'public', 'out/'])('a folder to leave out that %s ignores as well', async (line) => {
  const repository = await gitRepository({ '.gitignore': `${line}\n`, 'packs/a/f': '' });
  const excluded = line === 'out/' ? 'out/public' : 'public';
  repository.write({ [`${excluded}/index.json`]: '{}', 'packs/b/f': 'new' });
  for (const paths of [['packs'], ['.']]) {
    const workTree = await writeWorkTree(await openRepository(repository.path), paths, excluded);
    onTestFinished(() => workTree.dispose());
    expect(repository.git('status', '--porcelain')).toBe('?? packs/b/');
    expect(workTree.tree).not.toBe(repository.git('rev-parse', 'HEAD^{tree}'));
  }
});

describe('gives the tree that a commit of everything would have', () => {
  test.each<[string, (repository: TestRepository) => void]>([
    ['a clean work tree', () => undefined],
    ['edited', ({ write }) => write({ 'packs/a/f': 'edited' })],
    ['untracked', ({ write }) => write({ 'packs/b/c/f': 'new', 'packs/ünï 日本 "x"': '' })],
    ['ignored', ({ write }) => write({ 'packs/a/x.log': '', 'packs/ignored/f': '' })],
    ['tracked though ignored', ({ write }) => write({ 'packs/a/kept.log': 'edited' })],
    ['deleted', ({ write }) => write({ 'packs/a/f': null })],
    ['all deleted', ({ write }) => write({ packs: null })],
    ['a file where a folder was', ({ write }) => [{ 'packs/a': null }, { 'packs/a': '' }].forEach(write)],
    ['executable', ({ path }) => chmodSync(join(path, 'packs/a/f'), 0o755)],
    ['a symbolic link', ({ path }) => symlinkSync('/etc/passwd', join(path, 'packs/link'))],
    ['line ends', ({ write }) => write({ 'packs/a/crlf.txt': 'one\r\ntwo\r\n', 'packs/a/raw.bin': 'one\r\n' })],
    [
      'staged, then edited again',
      ({ write, git }) => {
        write({ 'packs/a/f': 'staged', 'packs/staged': '' });
        git('add', '.');
        write({ 'packs/a/f': 'edited' });
      },
    ],
    [
      'staged only',
      ({ write, git }) => {
        write({ 'packs/a/f': 'staged' });
        git('add', '.');
      },
    ],
    [
      'announced only',
      ({ write, git }) => {
        write({ 'packs/new': 'announced' });
        git('add', '--intent-to-add', 'packs/new');
      },
    ],
    ['no longer tracked, but there', ({ git }) => git('rm', '--quiet', '--cached', 'packs/a/f')],
  ])('%s', async (_name, change) => {
    const repository = await gitRepository({
      '.gitattributes': '* text=auto\n*.bin binary\n',
      '.gitignore': '*.log\nignored/\n',
      'packs/a/f': 'first',
      'packs/a/crlf.txt': 'one\ntwo\n',
      'packs/a/kept.log': '',
    });
    repository.git('add', '--force', '.');
    repository.commit({});
    change(repository);
    const { tree } = await written(repository.path);
    expect(tree).toBe(committed(repository));
  });
});

test('an edit of the same size in the same instant is seen', async () => {
  const repository = await gitRepository({ 'packs/a/f': 'aaaa' });
  const file = join(repository.path, 'packs/a/f');
  const index = join(repository.path, '.git/index');
  const instant = new Date(1_700_000_000_000);
  utimesSync(file, instant, instant);
  repository.git('update-index', '--refresh');
  repository.write({ 'packs/a/f': 'bbbb' });
  utimesSync(file, instant, instant);
  utimesSync(index, instant, instant);
  const { tree } = await written(repository.path);
  repository.git('rm', '--quiet', '--cached', 'packs/a/f');
  expect(tree).toBe(committed(repository));
});

test('what lies outside the paths is as the index has it', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1', 'docs/f': '1' });
  repository.write({ 'packs/a/f': '2', 'docs/f': '2', 'docs/new': '' });
  const { tree } = await written(repository.path);
  repository.git('add', 'packs');
  expect(tree).toBe(repository.git('write-tree'));
});

test('what is excluded is as the index has it, and counts for nothing', async () => {
  const repository = await gitRepository({ 'a/f': '1', 'out/f': '1' });
  const opened = await openRepository(repository.path);
  repository.write({ 'out/f': '2', 'out/new': '' });
  expect((await workTreeStatus(opened, ['.'])).clean).toBe(false);
  expect((await workTreeStatus(opened, ['.'], 'out')).clean).toBe(true);
  repository.write({ 'a/f': '2', 'a/new': '', 'out-side': '' });
  expect((await workTreeStatus(opened, ['.'], 'out')).clean).toBe(false);
  const workTree = await writeWorkTree(opened, ['.', 'out'], 'out');
  onTestFinished(() => workTree.dispose());
  repository.git('add', 'a', 'out-side');
  expect(workTree.tree).toBe(repository.git('write-tree'));
});

describe('while a merge is open', () => {
  async function merging(): Promise<TestRepository> {
    const docs = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`docs/ü ${index}`, '1']));
    const changed = (text: string): FileMap => Object.fromEntries(Object.keys(docs).map((name) => [name, text]));
    const repository = await gitRepository({ 'packs/a/f': '1', 'packs/b/f': '1', ...docs });
    repository.git('checkout', '--quiet', '-b', 'other');
    repository.commit({ 'packs/b/f': 'other', ...changed('other') });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'packs/b/f': 'main', ...changed('main') });
    expect(() => repository.git('merge', 'other')).toThrow();
    return repository;
  }

  test('what it leaves open elsewhere is left out', async () => {
    const repository = await merging();
    repository.write({ 'packs/a/f': 'edited' });
    const { tree } = await written(repository.path, ['packs/a']);
    expect(repository.git('ls-files', '--unmerged')).not.toBe('');
    // What was open is in none of the tree: neither the rest of the packs nor the documents.
    repository.git('rm', '--quiet', '--cached', '-r', 'docs', 'packs/b');
    repository.git('add', 'packs/a');
    expect(tree).toBe(repository.git('write-tree'));
  });

  test('a file below the paths is named', async () => {
    const repository = await merging();
    expect(await failureOf(writeWorkTree(await openRepository(repository.path), ['packs']))).toEqual({
      code: 'git-failed',
      message: 'The merge of "packs/b/f" is not resolved.',
      hint: 'Resolve it, `git add` the file, and run the command again; or take a commit with --rev HEAD.',
    });
  });
});

test.each<[string, readonly string[]]>([
  ['nowhere', ['none', 'none/deeper', 'packs/a/f/below']],
  ['an empty folder', ['empty']],
  ['ignored', ['ignored', 'ignored/deeper']],
  ['behind a symbolic link', ['link/a']],
  ['a name that looks like a pattern', ['*', ':(top)packs', ':/', '--all']],
])('a path that is %s adds nothing', async (_name, paths) => {
  const repository = await gitRepository({ 'packs/a/f': '1', '.gitignore': 'ignored/\n' });
  const tree = repository.git('rev-parse', 'HEAD^{tree}');
  repository.write({ 'ignored/deeper/f': '', 'empty/f': '' });
  repository.write({ 'empty/f': null, 'packs/a/f': 'edited' });
  symlinkSync('packs', join(repository.path, 'link'));
  expect((await written(repository.path, paths)).tree).toBe(tree);
});

test('a folder that is ignored, but holds tracked files, is read', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1' });
  repository.commit({ '.gitignore': 'packs/\n' });
  repository.write({ 'packs/a/f': '2', 'packs/new': '' });
  const { tree } = await written(repository.path);
  expect(tree).toBe(committed(repository));
});

test('files outside a sparse checkout are as the commit has them', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1', 'packs/b/f': '1', 'docs/f': '1' });
  const tree = repository.git('rev-parse', 'HEAD^{tree}');
  repository.git('sparse-checkout', 'set', '--no-cone', '/docs/');
  expect(existsSync(join(repository.path, 'packs'))).toBe(false);
  expect((await written(repository.path)).tree).toBe(tree);
  repository.write({ 'packs/new': '' });
  expect((await written(repository.path)).tree).not.toBe(tree);
});

test('a repository inside the work tree becomes a submodule', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1' });
  const inner = await gitRepository({ f: '' });
  repository.git('clone', '--quiet', inner.path, 'packs/inner');
  const { tree } = await written(repository.path);
  expect(repository.git('ls-files', '--stage')).not.toContain('160000');
  expect(tree).toBe(committed(repository));
});

test('a linked work tree is read, not the main one', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1' });
  const linked = join(await scratch(), 'linked');
  repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
  repository.write({ 'packs/a/f': 'main edit' });
  const clean = await written(linked);
  expect(clean.tree).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
});

test('a SHA-256 repository', async () => {
  const folder = join(await scratch(), 'long');
  const repository = await gitRepository();
  repository.git('init', '--quiet', '--object-format=sha256', folder);
  repository.git('-C', folder, 'commit', '--quiet', '--allow-empty', '-m', 'first');
  repository.write({ f: '' });
  repository.git('-C', folder, 'config', 'core.autocrlf', 'false');
  symlinkSync('nowhere', join(folder, 'packs'));
  const { tree } = await written(folder);
  repository.git('-C', folder, 'add', '.');
  expect(tree).toBe(repository.git('-C', folder, 'write-tree'));
  expect(tree).toHaveLength(64);
});

/** Everything in a repository's own folder, with its bytes. */
function everythingIn(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

test.each([{}, { 'core.splitIndex': 'true' }, { 'core.untrackedCache': 'true' }])(
  'the repository’s own folder stays as it is, with %j',
  async (settings) => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    for (const [key, value] of Object.entries(settings)) repository.git('config', key, value);
    repository.git('update-index', '--refresh');
    repository.write({ 'packs/a/f': 'edited', 'packs/new': 'new' });
    const before = everythingIn(join(repository.path, '.git'));
    expect(before.has('index')).toBe(true);
    const [one, other] = await Promise.all([written(repository.path), written(repository.path)]);
    expect(one.tree).toBe(other.tree);
    expect(everythingIn(join(repository.path, '.git'))).toEqual(before);
    expect(one.tree).toBe(committed(repository));
  },
);

describe('the folder of its objects', () => {
  test('is outside the repository, is each one’s own, and goes away', async () => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    const temporary = await scratch();
    withEnvironment({ TMPDIR: temporary });
    repository.write({ 'packs/a/f': 'edited' });
    const opened = await openRepository(repository.path);
    const [one, other] = await Promise.all([writeWorkTree(opened, ['packs']), writeWorkTree(opened, ['packs'])]);
    expect(readdirSync(temporary)).toHaveLength(2);
    await one.dispose();
    expect(readdirSync(temporary)).toHaveLength(1);
    expect(existsSync(other.environment['GIT_OBJECT_DIRECTORY'] ?? '')).toBe(true);
    await other.dispose();
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('goes away when Git fails', async () => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    const temporary = await scratch();
    withEnvironment({ TMPDIR: temporary });
    repository.git('init', '--quiet', 'packs/empty');
    expect(await failureOf(writeWorkTree(await openRepository(repository.path), ['packs']))).toEqual({
      code: 'git-failed',
      message: '"packs/empty/" is a Git repository of its own, without a commit.',
      hint: 'Remove the folder `.git` in it, if it was made by mistake, or name it in .gitignore; or read a commit with --rev HEAD.',
    });
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test('a repository whose index was never written', async () => {
  const repository = await gitRepository();
  repository.git('commit', '--quiet', '--allow-empty', '-m', 'first');
  expect(existsSync(join(repository.path, '.git/index'))).toBe(true);
  repository.git('update-ref', '-d', 'HEAD');
  const bare = join(await scratch(), 'fresh');
  repository.git('init', '--quiet', bare);
  expect(existsSync(join(bare, '.git/index'))).toBe(false);
  expect((await written(bare)).tree).toBe(repository.git('mktree', '--missing'));
});
