import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { withDefaults } from '../../src/model/registry-config.ts';
import {
  globBases,
  packDirectories,
  type PackDirectories,
  type PackDirectory,
  type SkippedDirectory,
} from '../../src/repo/pack-directories.ts';
import { treesOf } from '../../src/repo/tree.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';
import { failureOf } from '../helpers/rejection.ts';

const DEFAULTS = withDefaults({}).packs;

async function found(repository: TestRepository, globs: readonly string[]): Promise<readonly PackDirectory[]> {
  return (await all(repository, globs)).packs;
}

async function skippedIn(repository: TestRepository, globs: readonly string[]): Promise<readonly SkippedDirectory[]> {
  return (await all(repository, globs)).skipped;
}

function all(repository: TestRepository, globs: readonly string[]): Promise<PackDirectories> {
  const root = repository.git('rev-parse', 'HEAD^{tree}');
  return packDirectories(treesOf(openObjects(repository.path)), root, globs);
}

async function namesIn(files: FileMap, globs: readonly string[]): Promise<string[]> {
  return (await found(await gitRepository(files), globs)).map(({ directory }) => directory);
}

/** Files that make packs of some directories. */
function packsAt(...directories: string[]): FileMap {
  return Object.fromEntries(directories.map((directory) => [`${directory}/pack.json`, '{}']));
}

test('names each pack and the tree that Git has for it', async () => {
  const repository = await gitRepository(packsAt('packs/a', 'packs/group/b'));
  expect(await found(repository, DEFAULTS)).toEqual([
    { directory: 'packs/a', tree: repository.git('rev-parse', 'HEAD:packs/a') },
    { directory: 'packs/group/b', tree: repository.git('rev-parse', 'HEAD:packs/group/b') },
  ]);
});

const EVERYWHERE = packsAt(
  'packs/b',
  'packs/a',
  'packs/a-1',
  'packs/B',
  'packs/ä',
  'packs/group/x',
  'packs/group/deep/y',
  'packs/.hidden',
  'packs/with [brackets]',
  'other/c',
  'root',
);

test.each<[string, readonly string[], readonly string[]]>([
  [
    'the default',
    DEFAULTS,
    ['packs/B', 'packs/a', 'packs/a-1', 'packs/b', 'packs/group/x', 'packs/with [brackets]', 'packs/ä'],
  ],
  ['any depth', ['packs/group/**'], ['packs/group/deep/y', 'packs/group/x']],
  ['any depth of everything', ['**/y'], ['packs/group/deep/y']],
  ['a name', ['other/c'], ['other/c']],
  ['a name with more around it', ['other/c/', './other/c', 'other//c'], ['other/c']],
  ['a glob with more around it', ['./other/*', 'other/*/'], ['other/c']],
  ['braces', ['packs/{a,b}', '{other,root}/c'], ['other/c', 'packs/a', 'packs/b']],
  ['the top', ['*'], ['root']],
  ['a hidden folder that is asked for', ['packs/.hidden'], ['packs/.hidden']],
  ['what is excluded', ['packs/*', '!packs/a*'], ['packs/B', 'packs/b', 'packs/with [brackets]', 'packs/ä']],
  ['globs that meet', ['packs/a', 'packs/*/x', 'packs/a'], ['packs/a', 'packs/group/x']],
  ['a letter of another case', ['packs/A', 'PACKS/*'], []],
  ['nothing there', ['none/*', 'packs/none'], []],
  ['a file where a folder is wanted', ['packs/a/pack.json/*', 'packs/a/pack.json'], []],
  ['outside the repository', ['../*', '/etc/*'], []],
])('%s', async (_name, globs, expected) => {
  expect(await namesIn(EVERYWHERE, globs)).toEqual(expected);
});

test('what lies in a pack belongs to that pack', async () => {
  const files = packsAt('packs/a', 'packs/a/nested', 'packs/a/charts/deep', 'packs/a-b', 'packs/group/c');
  expect(await namesIn(files, ['packs/**'])).toEqual(['packs/a', 'packs/a-b', 'packs/group/c']);
});

test('a directory without pack.json, or where it is a directory, is no pack', async () => {
  const files = { 'packs/a/pack.json/file': '', 'packs/b/values.yaml': '', 'packs/c/Pack.json': '{}', 'packs/d': '' };
  expect(await namesIn(files, DEFAULTS)).toEqual([]);
});

test('a pack.json that is a symbolic link makes a pack, so that it is reported', async () => {
  const repository = await gitRepository({ 'packs/a/values.yaml': '', 'real.json': '{}' });
  symlinkSync('../../real.json', join(repository.path, 'packs/a/pack.json'));
  repository.commit({});
  expect((await found(repository, DEFAULTS)).map(({ directory }) => directory)).toEqual(['packs/a']);
});

test.each([[['packs/*']], [['packs/*/*']], [['packs/**']], [['packs/link']], [['packs/link/*']]])(
  'a directory that is a symbolic link is not followed by %j',
  async (globs) => {
    const repository = await gitRepository({ ...packsAt('real', 'real/inner'), 'packs/file': '' });
    symlinkSync('../real', join(repository.path, 'packs/link'));
    symlinkSync('..', join(repository.path, 'packs/loop'));
    repository.commit({});
    expect(await found(repository, globs)).toEqual([]);
  },
);

test('a submodule is no pack', async () => {
  const repository = await gitRepository(packsAt('packs/a'));
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},packs/module`);
  repository.git('commit', '--quiet', '-m', 'submodule');
  expect((await found(repository, ['packs/**'])).map(({ directory }) => directory)).toEqual(['packs/a']);
});

describe('what is not taken is named', () => {
  test('a pack below another that a glob names', async () => {
    const repository = await gitRepository(packsAt('packs/x', 'packs/x/1.2.0', 'packs/x/charts/deep', 'packs/y'));
    expect(await skippedIn(repository, DEFAULTS)).toEqual([
      { kind: 'nested', path: 'packs/x/1.2.0', inside: 'packs/x' },
    ]);
    expect(await skippedIn(repository, ['packs/*'])).toEqual([]);
  });

  test('a symbolic link and a submodule, not those inside a pack', async () => {
    const repository = await gitRepository(packsAt('packs/a', 'real'));
    symlinkSync('../real', join(repository.path, 'packs/z'));
    symlinkSync('../../real', join(repository.path, 'packs/a/link'));
    repository.commit({});
    const head = repository.git('rev-parse', 'HEAD');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${head},packs/module`);
    repository.git('commit', '--quiet', '-m', 'submodule');
    const expected = [
      { kind: 'submodule', path: 'packs/module' },
      { kind: 'symlink', path: 'packs/z' },
    ];
    expect(await skippedIn(repository, DEFAULTS)).toEqual(expected);
    expect(await skippedIn(repository, ['packs/**'])).toEqual(expected);
    expect(await skippedIn(repository, ['packs/module', 'packs/z'])).toEqual(expected);
    expect(await skippedIn(repository, ['packs/a'])).toEqual([]);
  });

  test('a pack.json in another case', async () => {
    const files = {
      'packs/a/Pack.json': '{}',
      'packs/b/PACK.JSON/f': '',
      ...packsAt('packs/c'),
      'packs/c/Pack.json': '',
    };
    expect(await skippedIn(await gitRepository(files), DEFAULTS)).toEqual([
      { kind: 'case', path: 'packs/a', found: 'Pack.json' },
    ]);
  });
});

test('a tree that is missing is an error, not an absence of packs', async () => {
  const repository = await gitRepository(packsAt('packs/a'));
  const oid = repository.git('rev-parse', 'HEAD:packs');
  rmSync(join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  const trees = treesOf(openObjects(repository.path));
  const root = repository.git('rev-parse', 'HEAD^{tree}');
  expect((await failureOf(packDirectories(trees, root, DEFAULTS))).message).toBe(`Git object ${oid} is missing.`);
});

describe('globBases', () => {
  test.each<[readonly string[], readonly string[]]>([
    [DEFAULTS, ['packs']],
    [
      ['a/b/*', 'c/**'],
      ['a/b', 'c'],
    ],
    [['packs/demo'], ['packs/demo']],
    [['packs/demo/', './packs/demo'], ['packs/demo']],
    [
      ['packs/!(old)', '!(old)/*'],
      ['.', 'packs'],
    ],
    [['*'], ['.']],
    [
      ['*', 'packs/*'],
      ['.', 'packs'],
    ],
    [
      ['b/*', 'a/*', 'b/x-*'],
      ['a', 'b'],
    ],
    [['packs/*', '!packs/old-*'], ['packs']],
    [['./packs/*'], ['packs']],
  ])('%j start in %j', (globs, bases) => {
    expect(globBases(globs)).toEqual(bases);
  });

  test.each(['packs/{a,b}/*', '{packs,more}/*', '{packs/a,more/b}/*'])('braces in %s', async (glob) => {
    const repository = await gitRepository(packsAt('packs/a/x', 'packs/b/x', 'more/b/x', 'more/x'));
    const bases = globBases([glob]);
    const directories = (await found(repository, [glob])).map(({ directory }) => directory);
    expect(directories).not.toEqual([]);
    const inside = directories.filter((directory) =>
      bases.some((base) => base === '.' || directory.startsWith(`${base}/`)),
    );
    expect(inside).toEqual(directories);
  });
});

test('globs that lead into more directories than any registry has are an error', async () => {
  const repository = await gitRepository();
  let tree = repository.git('mktree');
  for (let level = 0; level < 6; level += 1) {
    const entries = Array.from({ length: 10 }, (_, index) => `040000 tree ${tree}\td${index}\n`).join('');
    tree = execFileSync('git', ['mktree'], { cwd: repository.path, input: entries, encoding: 'utf8' }).trim();
  }
  const trees = treesOf(openObjects(repository.path));
  await expect(packDirectories(trees, tree, ['**'], 1000)).rejects.toMatchObject({
    code: 'too-many-directories',
    message: 'The globs of "packs" in registry.yaml lead into more than 1000 directories.',
    hint: 'Name the folders that packs lie in, such as packs/*, and leave out **.',
  });
});
