import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import packageJson from '../../../package.json' with { type: 'json' };
import { build } from '../../../src/build/build.ts';
import { check } from '../../../src/build/check-repository.ts';
import { writeBaseline } from '../../../src/build/write-baseline.ts';
import { PUBLISH_TARGETS } from '../../../src/contribute/init/init-options.ts';
import { init, type InitResult } from '../../../src/contribute/init/init.ts';
import { allFiles } from '../../helpers/all-files.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const PACK = {
  name: 'a',
  displayName: 'A',
  version: '1.0.0',
  layer: 'addon',
  addonType: 'logging',
  cloudTypes: ['all'],
};

function actions({ files }: InitResult, wanted: string): readonly string[] {
  return files.filter(({ action }) => action === wanted).map(({ path }) => path);
}

const withoutVersion = (text: string): string => text.replaceAll(packageJson.version, '<version>');

test('an empty folder becomes a registry whose first pack is in order', async () => {
  const repository = await gitRepository();
  const result = await init({
    directory: repository.path,
    name: 'acme',
    title: 'Acme: packs',
    owners: ['@acme/platform'],
  });
  expect({ git: result.git, byHand: result.byHand, kept: actions(result, 'keep') }).toEqual({
    git: 'found',
    byHand: [],
    kept: [],
  });
  expect(allFiles(repository.path).filter((path) => !path.startsWith('.git/'))).toMatchSnapshot();
  repository.commit({}, 'registry');
  const checked = await check({ repository: repository.path, preset: 'strict', cache: false });
  expect([checked.report.packs, checked.report.findings]).toEqual([1, []]);
  const out = join(await scratch(), 'public');
  expect(await build({ repository: repository.path, out, cache: false })).toMatchObject({ ok: true, findings: [] });
  expect(JSON.parse(readFileSync(join(out, 'index.json'), 'utf8'))).toMatchObject({
    registry: { name: 'acme', title: 'Acme: packs' },
    packs: { 'hello-world': { latest: '1.0.0' } },
  });
});

test.each(PUBLISH_TARGETS)('the second time there is nothing to do (%s)', async (host) => {
  const { path } = await gitRepository();
  await init({ directory: path, host, pack: false });
  const before = allFiles(path).map((file) => [file, readFileSync(join(path, file), 'latin1')]);
  const again = await init({ directory: path });
  expect(again.files.filter(({ action }) => action !== 'keep')).toEqual([]);
  expect(allFiles(path).map((file) => [file, readFileSync(join(path, file), 'latin1')])).toEqual(before);
});

describe('files', () => {
  test.each(PUBLISH_TARGETS)('for %s', async (host) => {
    const repository = await gitRepository({ 'packs/a/pack.json': JSON.stringify(PACK) });
    repository.git('remote', 'add', 'origin', 'git@github.com:acme/packs.git');
    const { files, next } = await init({
      directory: repository.path,
      host,
      branch: 'release/1+2',
      owners: ['@acme/x'],
    });
    const workflows = files.map(({ path }) => path).filter((path) => path.includes('workflows/publish'));
    expect({
      workflows,
      branches: workflows.map((path) => /branches: .*/u.exec(readFileSync(join(repository.path, path), 'utf8'))?.[0]),
      registry: readFileSync(join(repository.path, 'registry.yaml'), 'utf8'),
      next: next.map(({ text, commands }) => [text, ...commands.map(withoutVersion)]),
    }).toMatchSnapshot();
  });

  test.each(['.vscode/settings.json', 'package.json', '.github/CODEOWNERS', 'CONTRIBUTING.md', 'README.md'])(
    '%s',
    async (path) => {
      const directory = join(await scratch(), 'acme-packs');
      await init({ directory, owners: ['@acme/platform', 'me@example.org'], description: 'Packs of Acme.' });
      const text = readFileSync(join(directory, path), 'utf8');
      expect(withoutVersion(text)).toMatchSnapshot();
    },
  );

  test('workflows and actions are those that the package brings', async () => {
    const { path } = await gitRepository();
    await init({ directory: path });
    for (const file of allFiles(join(path, '.github')).filter((each) => /^(?:workflows|actions)\//u.test(each))) {
      const template = ['templates/', '']
        .map((folder) => join(import.meta.dirname, '../../../.github', folder, file))
        .find(existsSync);
      expect(readFileSync(join(path, '.github', file), 'utf8')).toBe(readFileSync(template ?? '', 'utf8'));
    }
  });
});

describe('an existing repository', () => {
  test('an address that is given says where Pages will be', async () => {
    const { path } = await gitRepository();
    const { values } = await init({ directory: path, repository: 'https://github.com/acme/packs', dryRun: true });
    expect(values.url).toBe('https://acme.github.io/packs/');
  });

  test('keeps all that is there, gets what is missing, and its packs are found', async () => {
    const repository = await gitRepository({
      'addons/a/1.0.0/pack.json': JSON.stringify(PACK),
      'addons/a/1.0.0/values.yaml': 'pack: {}\n',
      'addons/a/1.0.0/nested/pack.json': '{}',
      'node_modules/x/pack.json': '{}',
      'public/packs/a/pack.json': '{}',
      'package.json': '{\n\t"name": "ours",\n\t"scripts": { "build": "make" }\n}\n',
      '.vscode/settings.json': '{\n    // ours\n    "editor.rulers": [120],\n}\n',
      '.gitignore': 'public\n',
      'docs/contributing.rst': 'how\n',
      Readme: 'us\n',
      CODEOWNERS: '* @us\n',
      '.github/PULL_REQUEST_TEMPLATE/one.md': 'what\n',
      '.github/workflows/publish-s3.yml': 'name: ours\n',
    });
    const result = await init({ directory: repository.path });
    expect(result.packs).toEqual(['addons/a/1.0.0']);
    expect(result.values).toMatchObject({ globs: ['addons/*/*'], pack: undefined });
    expect({
      keep: actions(result, 'keep'),
      extend: actions(result, 'extend'),
      byHand: result.byHand,
    }).toMatchSnapshot();
    expect(withoutVersion(repository.git('diff'))).toMatchSnapshot();
  });

  test('what cannot be read as JSON stays, and is said', async () => {
    const repository = await gitRepository({ 'package.json': '{ "name": ', 'packs/a/pack.json': '{}' });
    const { byHand } = await init({ directory: repository.path });
    expect(byHand).toEqual([
      expect.stringMatching(/^package\.json cannot be read as JSON, and stays as it is\. A new one is: \{/u),
    ]);
    expect(repository.git('diff')).toBe('');
  });

  test('its own registry.yaml says where packs lie', async () => {
    const repository = await gitRepository({ 'registry.yaml': 'name: ours\npacks: [apps/*]\n' });
    expect((await init({ directory: repository.path, dryRun: true })).values.pack).toBeUndefined();
    const result = await init({ directory: repository.path, pack: 'hello-world' });
    expect(result.values).toMatchObject({ name: 'ours', title: 'Ours', globs: ['apps/*'] });
    expect(existsSync(join(repository.path, 'apps/hello-world-1.0.0/pack.json'))).toBe(true);
  });

  test('what is to be committed is only what was made, unless nothing was committed yet', async () => {
    const repository = await gitRepository({ a: 'b' });
    repository.write({ 'packs/x/pack.json': '{}', unfinished: '' });
    const next = async (): Promise<readonly string[]> =>
      (await init({ directory: repository.path, host: 'none', dryRun: true })).next.flatMap(({ commands }) => commands);
    expect(await next()).toEqual(
      expect.arrayContaining([
        'git add registry.yaml .gitignore package.json .vscode README.md CONTRIBUTING.md .github packyard-baseline.json',
        'git remote add origin ADDRESS',
        'git push --set-upstream origin HEAD',
      ]),
    );
    repository.git('remote', 'add', 'origin', '/srv/packs.git');
    expect(await next()).not.toContain('git remote add origin ADDRESS');
    repository.git('update-ref', '-d', 'HEAD');
    expect(await next()).toContain('git add --all');
  });

  test.each(['master', 'trunk'])('its branch %s is the one to publish', async (branch) => {
    const repository = await gitRepository({ a: 'b' });
    repository.git('branch', '--move', branch);
    expect((await init({ directory: repository.path, dryRun: true })).values.branch).toBe(branch);
  });

  test('known-broken packs are left out of a build that is green', async () => {
    const repository = await gitRepository({
      'packs/a/pack.json': JSON.stringify(PACK),
      'packs/a/values.yaml': '',
      'packs/b/pack.json': JSON.stringify({ ...PACK, name: 'b', charts: ['charts/b.tgz'] }),
      'packs/b/values.yaml': '',
    });
    await init({ directory: repository.path });
    const { baseline, all } = await check({ repository: repository.path, replaceBaseline: true, cache: false });
    writeBaseline(baseline, all);
    const out = join(await scratch(), 'public');
    const built = await build({ repository: repository.path, out, cache: false });
    expect(built).toMatchObject({ ok: true, written: true, report: { packs: 1, leftOut: ['packs/b'] } });
    expect(built.findings.map(({ rule, severity }) => [rule, severity])).toContainEqual([
      'chart/missing-file',
      'warning',
    ]);
  });
});

describe('where there is no Git repository', () => {
  test('one is made, with the folder', async () => {
    const root = join(await scratch(), 'new', 'Acme Päcks');
    const result = await init({ directory: root });
    expect([result.git, result.values.name]).toEqual(['made', 'acme-pa-cks']);
    expect(readFileSync(join(root, '.git/HEAD'), 'utf8')).toBe(`ref: refs/heads/${result.values.branch}\n`);
  });

  test('none is made when nobody wants one, and packs are found all the same', async () => {
    const root = await scratch();
    mkdirSync(join(root, 'packs/a'), { recursive: true });
    writeFileSync(join(root, 'packs/a/pack.json'), JSON.stringify(PACK));
    const result = await init({ directory: root, git: false });
    expect([result.git, result.packs, existsSync(join(root, '.git'))]).toEqual(['none', ['packs/a'], false]);
    expect(result.next[0]).toEqual({ text: expect.stringContaining('Git repository'), commands: ['git init'] });
  });

  test('a dry run makes nothing', async () => {
    const root = join(await scratch(), 'new');
    const { files } = await init({ directory: root, dryRun: true });
    expect([files.length, existsSync(root)]).toEqual([24, false]);
  });

  test.skipIf(process.platform !== 'linux')('where Git can make none that is said', async () => {
    const directory = '/proc/self/fdinfo';
    expect(await failureOf(init({ directory }))).toMatchObject({
      code: 'output-unwritable',
      message: expect.stringMatching(/^Git could make no repository in \/proc\/\d+\/fdinfo\. Nothing was written\.$/u),
    });
  });

  test('when it fails nothing stays', async () => {
    const root = await scratch();
    writeFileSync(join(root, '.github'), 'in the way');
    await expect(init({ directory: root })).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(allFiles(root)).toEqual(['.github']);
  });
});

describe('refused', () => {
  test('a folder inside a repository', async () => {
    const { path } = await gitRepository({ 'a/b': 'c' });
    for (const inside of ['a', 'new'])
      expect(await failureOf(init({ directory: join(path, inside) }))).toMatchObject({
        code: 'usage',
        message: expect.stringContaining('lies inside the Git repository'),
      });
  });

  test('a file, and a bare repository', async () => {
    const { path } = await gitRepository({ a: 'b' });
    const bare = await gitRepository();
    bare.git('config', 'core.bare', 'true');
    for (const directory of [join(path, 'a'), join(path, 'a/b')])
      expect(await failureOf(init({ directory }))).toMatchObject({
        code: 'usage',
        message: `${join(path, 'a')} is not a folder.`,
      });
    expect(await failureOf(init({ directory: bare.path }))).toMatchObject({ code: 'no-work-tree' });
  });

  test.each([
    [{ name: 'Acme' }, '--name cannot be "Acme".'],
    [{ title: 'a\u202eb' }, String.raw`--title cannot be "a\\u202eb".`],
    [{ title: 'a\u001b[31m' }, String.raw`--title cannot be "a\\u001b[31m".`],
    [{ repository: 'https://me:pw@x.org/' }, '--repository cannot be "https://me:pw@x.org/".'],
    [{ url: 'javascript:alert(1)' }, '--url cannot be "javascript:alert(1)".'],
    [{ owners: ['acme'] }, '--owners cannot be "acme".'],
    [{ branch: '-x' }, '"-x" cannot be the name of a branch: it begins like an option.'],
    [{ pack: '../x' }, '--pack cannot be "../x".'],
    [{ pack: 'true' }, '--pack cannot be "true".'],
  ])('%j', async (answers, message) => {
    const root = await scratch();
    expect(await failureOf(init({ directory: root, ...answers }))).toMatchObject({ code: 'usage', message });
    expect(allFiles(root)).toEqual([]);
  });

  test('a folder without a name, which a variable that is not set would give', async () => {
    expect(await failureOf(init({ directory: '' }))).toMatchObject({ code: 'usage' });
  });

  test('a link in the place of a file is not followed', async () => {
    const repository = await gitRepository();
    const elsewhere = await scratch();
    writeFileSync(join(elsewhere, 'settings.json'), '{}');
    symlinkSync(elsewhere, join(repository.path, '.vscode'));
    expect(await failureOf(init({ directory: repository.path }))).toMatchObject({ code: 'output-unwritable' });
    expect([
      readFileSync(join(elsewhere, 'settings.json'), 'utf8'),
      existsSync(join(repository.path, 'registry.yaml')),
    ]).toEqual(['{}', false]);
  });
});
