import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import type { Landing } from '../../src/repo/landing.ts';
import { historyOfStays, walkPackStays, type History, type PackStays } from '../../src/repo/pack-stays.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const PACKS = { globs: ['packs/*'], deepest: 2 };

async function staysOf(repository: TestRepository, known?: PackStays): Promise<PackStays> {
  return walkPackStays(await openRepository(repository.path), repository.git('rev-parse', 'HEAD'), PACKS, known);
}

async function historyOf(repository: TestRepository): Promise<History> {
  return historyOfStays(await staysOf(repository));
}

/** Where the content that a directory has at a revision landed. */
function landingOf(repository: TestRepository, history: History, name: string): Landing | undefined {
  return history.landings.get(repository.git('rev-parse', name));
}

/** Waits with committing, so that the fixed clock of the helper gives a known day. */
const day = (number: number): string => `2024-01-${String(number).padStart(2, '0')}T12:00:00Z`;

test('content lands in the commit that brings it', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  const first = repository.git('rev-parse', 'HEAD');
  const second = repository.commit({ 'packs/b/pack.json': '2' });
  const third = repository.commit({ 'packs/a/pack.json': '3', 'packs/file': '' });
  const history = await historyOf(repository);
  expect(history).toEqual({
    tip: third,
    length: 3,
    landings: new Map([
      [repository.git('rev-parse', `${first}:packs/a`), { commit: first, at: day(1) }],
      [repository.git('rev-parse', 'HEAD:packs/b'), { commit: second, at: day(2) }],
      [repository.git('rev-parse', 'HEAD:packs/a'), { commit: third, at: day(3) }],
    ]),
  });
});

test('content that comes back keeps its first landing', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  const first = repository.git('rev-parse', 'HEAD');
  repository.commit({ 'packs/a/pack.json': '2' });
  repository.commit({ 'packs/a': null });
  repository.commit({ 'packs/a/pack.json': '1' });
  const history = await historyOf(repository);
  expect(landingOf(repository, history, 'HEAD:packs/a')).toEqual({ commit: first, at: day(1) });
});

test('a directory that is renamed as it is keeps its landing', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  const first = repository.git('rev-parse', 'HEAD');
  repository.git('mv', 'packs/a', 'packs/b');
  repository.commit({});
  expect(landingOf(repository, await historyOf(repository), 'HEAD:packs/b')?.commit).toBe(first);
});

test('content of a branch lands with its merge', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.commit({ 'packs/b/pack.json': 'draft' });
  const draft = repository.git('rev-parse', 'HEAD:packs/b');
  repository.commit({ 'packs/b/pack.json': 'done' });
  repository.git('checkout', '--quiet', 'main');
  repository.commit({ 'packs/c/pack.json': '1' });
  repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
  const history = await historyOf(repository);
  expect(landingOf(repository, history, 'HEAD:packs/b')?.commit).toBe(repository.git('rev-parse', 'HEAD'));
  expect(history.landings.has(draft)).toBe(false);
  expect(history.length).toBe(3);
});

test.each(['packs/ünï 日本', 'packs/a b', 'packs/:(top)x', 'packs/"q"\t', 'packs/*', 'packs/:100644'])(
  'the path %j',
  async (path) => {
    const repository = await gitRepository({ [`${path}/pack/pack.json`]: '1', 'packs/ordinary/pack/pack.json': '2' });
    const opened = await openRepository(repository.path);
    const { stays } = await walkPackStays(opened, repository.git('rev-parse', 'HEAD'), {
      globs: ['packs/*/*'],
      deepest: 3,
    });
    const { tree } = stays.find(({ directory }) => directory === `${path}/pack`) ?? {};
    expect(tree).toBe(repository.git('rev-parse', `HEAD:${path}/pack`));
  },
);

test('settings of the user do not change what is found', async () => {
  const repository = await gitRepository({ 'packs/ä/pack.json': '1\n2\n3\n4\n5\n' });
  repository.git('mv', 'packs/ä', 'packs/b');
  repository.commit({ 'packs/c/pack.json': '1\n2\n3\n4\n5\n6\n' });
  repository.git('checkout', '--quiet', '-b', 'side', 'HEAD~1');
  repository.commit({ 'packs/d/pack.json': '' });
  repository.git('checkout', '--quiet', 'main');
  repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
  const expected = await historyOf(repository);
  expect(expected.landings.size).toBe(3);
  const settings: Readonly<Record<string, string>> = {
    'log.showRoot': 'false',
    'log.diffMerges': 'combined',
    'log.follow': 'true',
    'diff.renames': 'copies',
    'diff.noprefix': 'true',
    'diff.mnemonicPrefix': 'true',
    'diff.relative': 'true',
    'diff.ignoreSubmodules': 'all',
    'diff.orderFile': join(repository.path, 'no-such-file'),
    'diff.external': 'false',
    'core.quotePath': 'true',
    'core.abbrev': '4',
    'color.ui': 'always',
    'core.pager': 'false',
  };
  for (const [key, value] of Object.entries(settings)) repository.git('config', key, value);
  expect(await historyOf(repository)).toEqual(expected);
});

/** A line of commits with side branches and merges, the same in every run. */
async function busyRepository(): Promise<{ repository: TestRepository; tips: string[] }> {
  const repository = await gitRepository({ 'packs/p0/pack.json': '0' });
  const tips = [repository.git('rev-parse', 'HEAD')];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % below;
  };
  const change = (): string =>
    repository.commit({ [`packs/p${random(5)}/f`]: random(4) === 0 ? null : String(random(3)) });
  for (let index = 0; index < 30; index += 1) {
    if (random(4) === 0) {
      repository.git('checkout', '--quiet', '-b', `side${index}`);
      change();
      repository.git('checkout', '--quiet', 'main');
      change();
      repository.git('merge', '--quiet', '--no-ff', '-X', 'ours', '-s', 'ort', '-m', 'merge', `side${index}`);
    } else change();
    tips.push(repository.git('rev-parse', 'HEAD'));
  }
  return { repository, tips };
}

/** Known histories that are of no use, and must leave no trace. */
const useless = (tip: string): PackStays => ({
  tip,
  at: 'z',
  length: 1000,
  stays: [{ directory: 'packs/x', tree: 'x', from: 0 }],
  commits: new Map([[0, { commit: 'y', at: 'z' }]]),
});

describe('a walk that continues an earlier one', () => {
  test('gives what a full walk gives, from wherever it continues', async () => {
    const { repository, tips } = await busyRepository();
    const opened = await openRepository(repository.path);
    const tip = tips.at(-1) ?? '';
    const full = await walkPackStays(opened, tip, PACKS);
    expect(full.length).toBe(Number(repository.git('rev-list', '--first-parent', '--count', 'HEAD')));
    let stepwise: PackStays | undefined;
    for (const commit of tips) {
      stepwise = await walkPackStays(opened, commit, PACKS, stepwise);
      expect(await walkPackStays(opened, tip, PACKS, stepwise)).toEqual(full);
    }
    expect(stepwise).toEqual(full);
  });

  test('keeps what is known and adds to it', async () => {
    const repository = await gitRepository({ 'packs/a/pack.json': '1' });
    const known = await staysOf(repository);
    const gone = { directory: 'packs/of-long-ago', tree: 'a tree', from: 0, until: 0 };
    const tip = repository.commit({ 'packs/b/pack.json': '2' });
    const brought = repository.git('rev-parse', 'HEAD:packs/b');
    const stays = await staysOf(repository, { ...known, length: 41, stays: [...known.stays, gone] });
    expect(stays.length).toBe(42);
    expect(stays.stays).toContainEqual(gone);
    const { landings } = historyOfStays(stays);
    expect(landings.get(brought)).toEqual({ commit: tip, at: day(2) });
    expect(known.stays).toHaveLength(1);
  });

  test('is the known walk itself when nothing happened since', async () => {
    const repository = await gitRepository({ 'packs/a/pack.json': '1' });
    const known = await staysOf(repository);
    expect(await staysOf(repository, known)).toBe(known);
  });

  test.each<[string, (repository: TestRepository) => string]>([
    ['is unknown to Git', () => 'deadbeef'.repeat(5)],
    ['is no id at all', () => '--all'],
    ['is a branch that was merged', (repository) => repository.git('rev-parse', 'side')],
    ['is later than what is asked for', (repository) => repository.git('rev-parse', 'later')],
    ['shares nothing', (repository) => repository.git('rev-parse', 'orphan')],
    ['is a tree', (repository) => repository.git('rev-parse', 'HEAD^{tree}')],
  ])('starts anew when the known tip %s', async (_name, tip) => {
    const repository = await gitRepository({ 'packs/a/pack.json': '1' });
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.commit({ 'packs/b/pack.json': '1' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'packs/c/pack.json': '1' });
    repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
    repository.git('checkout', '--quiet', '-b', 'later');
    repository.commit({ 'packs/d/pack.json': '1' });
    repository.git('checkout', '--quiet', '--orphan', 'orphan');
    repository.commit({ 'packs/e/pack.json': '1' });
    repository.git('checkout', '--quiet', 'main');
    const full = await staysOf(repository);
    expect(await staysOf(repository, useless(tip(repository)))).toEqual(full);
    expect(full.length).toBe(3);
  });

  test('starts anew when history was rewritten', async () => {
    const repository = await gitRepository({ 'packs/a/pack.json': '1' });
    repository.commit({ 'packs/b/pack.json': '2' });
    const known = await staysOf(repository);
    repository.git('reset', '--quiet', '--hard', 'HEAD~1');
    const rewritten = repository.commit({ 'packs/b/pack.json': '2', 'packs/c/pack.json': '3' });
    const history = historyOfStays(await staysOf(repository, known));
    expect(landingOf(repository, history, 'HEAD:packs/b')?.commit).toBe(rewritten);
    expect(history.length).toBe(2);
  });
});

test('a shallow clone gives what it has', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  const second = repository.commit({ 'packs/b/pack.json': '1' });
  const path = join(await scratch(), 'clone');
  repository.git('clone', '--quiet', '--depth=1', pathToFileURL(repository.path).href, path);
  const history = historyOfStays(await walkPackStays(await openRepository(path), second, PACKS));
  expect(history.length).toBe(1);
  expect(landingOf(repository, history, 'HEAD:packs/a')?.commit).toBe(second);
});

test('a commit that is not there is an error', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  const work = walkPackStays(await openRepository(repository.path), 'deadbeef'.repeat(5), PACKS);
  expect(await failureOf(work)).toEqual({
    code: 'git-failed',
    message: `git rev-list failed: fatal: bad object ${'deadbeef'.repeat(5)}`,
    hint: undefined,
  });
});
