import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { CheckOptions } from '../../src/build/check-options.ts';
import { check } from '../../src/build/check-repository.ts';
import type { CheckResult } from '../../src/build/check-source.ts';
import { formatBaseline } from '../../src/check/baseline.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const SOUND = { annotations: { source: 'community', contributor: 'us' }, addonType: 'monitoring' };

async function checked({ path }: TestRepository, options: CheckOptions = {}): Promise<CheckResult> {
  return check({ repository: path, cache: await scratch(), ...options });
}

function rules({ report }: CheckResult): string[] {
  return report.findings.map(({ rule, severity, file }) => `${file} ${severity} ${rule}`);
}

/** Two packs; only the first has something wrong with it. */
function twoPacks(): Promise<TestRepository> {
  return gitRepository({
    ...packFiles('packs/bad-1.0.0', { name: 'bad', manifest: { ...SOUND, displayName: 'Bad', layer: 'adon' } }),
    ...packFiles('packs/good-1.0.0', { name: 'good', manifest: { ...SOUND, displayName: 'Good' } }),
  });
}

const BAD = ['packs/bad-1.0.0/pack.json error pack/schema'];

describe('what is checked', () => {
  test('is every pack, with the pack that each finding is about', async () => {
    const result = await checked(await twoPacks());
    expect(rules(result)).toEqual(BAD);
    expect(result).toMatchObject({
      complete: true,
      report: { packs: 2, suppressed: 0, baselined: 0, stale: [], clean: ['packs/good-1.0.0'] },
    });
    expect(result.report.findings[0]).toMatchObject({ pack: 'bad', directory: 'packs/bad-1.0.0' });
  });

  test('comes from the cache the second time, and from Git again when a pack changed', async () => {
    const repository = await twoPacks();
    const cache = await scratch();
    expect(rules(await checked(repository, { cache }))).toEqual(BAD);
    expect(rules(await checked(repository, { cache }))).toEqual(BAD);
    repository.write({ 'packs/good-1.0.0/values.yaml': 'a: [' });
    expect(rules(await checked(repository, { cache }))).toEqual([
      ...BAD,
      'packs/good-1.0.0/values.yaml error values/invalid-yaml',
    ]);
  });

  test.each([
    ['a pack', ['packs/good-1.0.0'], []],
    ['a file of a pack', ['packs/bad-1.0.0/values.yaml'], BAD],
    ['a folder of packs', ['packs'], BAD],
    ['two packs', ['packs/bad-1.0.0', 'packs/good-1.0.0'], BAD],
  ])('can be %s', async (_, paths, expected) => {
    expect(rules(await checked(await twoPacks(), { paths }))).toEqual(expected);
  });

  test('cannot be a path without packs', async () => {
    const repository = await twoPacks();
    const { message, code } = await failureOf(checked(repository, { paths: ['docs'] }));
    expect([code, message]).toEqual(['no-packs', 'docs is no pack, lies in none and holds none.']);
  });

  test('can be any commit, also of a bare repository', async () => {
    const repository = await twoPacks();
    repository.commit({ 'packs/bad-1.0.0/pack.json': '{}' });
    expect(rules(await checked(repository, { revision: 'HEAD~1' }))).toEqual(BAD);
    const bare = join(await scratch(), 'bare.git');
    repository.git('clone', '--quiet', '--bare', '.', bare);
    expect(rules(await check({ repository: bare, revision: 'HEAD~1', cache: await scratch() }))).toEqual(BAD);
  });

  test('can be a file that is given instead of the one there', async () => {
    const repository = await twoPacks();
    const replace = (path: string, text: string): Promise<CheckResult> =>
      checked(repository, { replacement: { path, data: Buffer.from(text) } });
    expect(rules(await replace('packs/good-1.0.0/values.yaml', 'a: ['))).toEqual([
      'packs/good-1.0.0/values.yaml error values/invalid-yaml',
    ]);
    expect(rules(await replace('packs/bad-1.0.0/values.yaml', 'a: 1'))).toEqual([]);
    expect(rules(await replace('packs/good-1.0.0/pack.json', '{'))).toEqual([
      'packs/good-1.0.0/pack.json error pack/invalid-json',
    ]);
    for (const path of ['README.md', '/etc/passwd', 'packs/new-1.0.0/pack.json'])
      expect((await failureOf(replace(path, ''))).code).toBe('no-packs');
  });
});

describe('since a commit', () => {
  test('only packs that changed are checked', async () => {
    const repository = await twoPacks();
    repository.commit({ 'packs/good-1.0.0/README.md': '# Good, and more\n' });
    const result = await checked(repository, { since: 'HEAD~1' });
    expect(result.report.packs).toBe(1);
    expect(rules(result)).toEqual(['packs/good-1.0.0/pack.json error registry/changed-release']);
    expect(result.report.findings[0]?.args).toMatchObject({
      name: 'good',
      version: '1.0.0',
      changes: ['changed README.md'],
    });
    expect(rules(await checked(repository, { since: 'HEAD' }))).toEqual([]);
  });

  test('a release may move, and junk may come and go', async () => {
    const repository = await twoPacks();
    repository.git('mv', 'packs/good-1.0.0', 'packs/good');
    repository.commit({ 'packs/good/x.orig': 'junk' });
    expect(rules(await checked(repository, { since: 'HEAD~1' }))).toEqual(['packs/good/x.orig warning file/junk']);
  });

  test('a release that is gone is said', async () => {
    const repository = await twoPacks();
    repository.git('rm', '-r', '--quiet', 'packs/good-1.0.0');
    repository.commit({});
    expect(rules(await checked(repository, { since: 'HEAD~1' }))).toEqual([
      'packs/good-1.0.0 warning registry/removed-release',
    ]);
  });

  test('of what compares packs only what is new is said', async () => {
    const shared = { ...SOUND, displayName: 'Same' };
    const repository = await gitRepository({
      ...packFiles('packs/one-1.0.0', { name: 'one', manifest: shared }),
      ...packFiles('packs/two-1.0.0', { name: 'two', manifest: shared }),
    });
    repository.commit(packFiles('packs/three-1.0.0', { name: 'three', manifest: { ...SOUND, displayName: 'Three' } }));
    expect(rules(await checked(repository)).length).toBeGreaterThan(0);
    expect(rules(await checked(repository, { since: 'HEAD~1' }))).toEqual([]);
  });

  test('what others did since a branch left is not its doing', async () => {
    const repository = await twoPacks();
    repository.git('checkout', '--quiet', '-b', 'feature');
    repository.commit(packFiles('packs/new-1.0.0', { name: 'new', manifest: { ...SOUND, displayName: 'New' } }));
    repository.git('checkout', '--quiet', '-');
    repository.commit(packFiles('packs/other-1.0.0', { name: 'other', manifest: { ...SOUND, displayName: 'Other' } }));
    repository.git('branch', 'theirs');
    repository.git('checkout', '--quiet', 'feature');
    const result = await checked(repository, { since: 'theirs' });
    expect([result.report.packs, rules(result)]).toEqual([1, []]);
  });

  test('packs are compared wherever they were configured to be', async () => {
    const repository = await twoPacks();
    repository.git('mv', 'packs', 'moved');
    repository.commit({ 'registry.yaml': 'packs: ["moved/*"]\n', 'moved/good-1.0.0/README.md': '# Changed\n' });
    expect(rules(await checked(repository, { since: 'HEAD~1' }))).toContain(
      'moved/good-1.0.0/pack.json error registry/changed-release',
    );
  });

  test('that nobody knows cannot be done', async () => {
    expect((await failureOf(checked(await twoPacks(), { since: 'nowhere' }))).code).toBe('unknown-revision');
  });
});

describe('a baseline', () => {
  test('makes what is known silent, and says what is known in vain', async () => {
    const repository = await twoPacks();
    const { all } = await checked(repository);
    repository.write({ 'packyard-baseline.json': formatBaseline(all) });
    expect((await checked(repository)).report).toMatchObject({ findings: [], baselined: 1, stale: [] });
    expect(rules(await checked(repository, { baseline: false }))).toEqual(BAD);
    repository.write({
      'packs/bad-1.0.0/pack.json': JSON.stringify({
        ...SOUND,
        name: 'bad',
        version: '1.0.0',
        displayName: 'Bad',
        layer: 'addon',
      }),
    });
    expect((await checked(repository)).report).toMatchObject({ baselined: 0, stale: [{ rule: 'pack/schema' }] });
  });

  test('is that of the commit where a commit is checked', async () => {
    const repository = await twoPacks();
    const { all } = await checked(repository);
    repository.write({ 'packyard-baseline.json': formatBaseline(all) });
    expect(rules(await checked(repository, { revision: 'HEAD' }))).toEqual(BAD);
    repository.commit({});
    expect(rules(await checked(repository, { revision: 'HEAD' }))).toEqual([]);
  });

  test('can lie elsewhere', async () => {
    const repository = await twoPacks();
    const { all } = await checked(repository);
    const file = join(await scratch(), 'known.json');
    writeFileSync(file, formatBaseline(all));
    expect(await checked(repository, { baseline: file })).toMatchObject({ baseline: file, report: { baselined: 1 } });
    repository.write({
      'registry.yaml': 'check:\n  baseline: known/now.json\n',
      'known/now.json': formatBaseline(all),
    });
    expect(await checked(repository)).toMatchObject({ report: { baselined: 1 } });
  });

  test('that is none is an error', async () => {
    const repository = await twoPacks();
    repository.write({ 'packyard-baseline.json': '[]' });
    const { code, message } = await failureOf(checked(repository));
    expect([code, message.startsWith(`${join(repository.path, 'packyard-baseline.json')}: `)]).toEqual([
      'baseline-invalid',
      true,
    ]);
    expect((await checked(repository, { replaceBaseline: true })).report.findings).toHaveLength(1);
  });
});

test('levels come from the configuration, and the caller can ask for others', async () => {
  const repository = await gitRepository({
    ...packFiles('packs/good-1.0.0', { name: 'good', manifest: SOUND, files: { 'README.md': null } }),
    'registry.yaml': 'check:\n  rules:\n    readme/missing: error\n    readme/mising: off\n',
  });
  expect(rules(await checked(repository))).toEqual([
    'packs/good-1.0.0/README.md error readme/missing',
    'registry.yaml warning config/unknown-rule',
  ]);
  repository.write({ 'registry.yaml': 'check:\n  extends: compat\n' });
  expect(rules(await checked(repository))).toEqual([]);
  expect(rules(await checked(repository, { preset: 'strict' }))).toEqual([
    'packs/good-1.0.0/README.md warning readme/missing',
  ]);
});

test('comments in files allow what they name', async () => {
  const repository = await gitRepository(
    packFiles('packs/good-1.0.0', {
      name: 'good',
      manifest: SOUND,
      files: {
        'values.yaml': 'pack:\n  nmespace: x # packyard: allow values/pack-unknown-key -- read by our own tool\n',
      },
    }),
  );
  expect((await checked(repository)).report).toMatchObject({ findings: [], suppressed: 1 });
});
