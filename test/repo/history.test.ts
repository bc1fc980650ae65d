import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { walkHistory, type History } from '../../src/repo/history.ts';
import type { Landing, LandingOptions } from '../../src/repo/landings.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const PACKS: LandingOptions = { bases: ['packs'], depths: new Set([2]) };

async function historyOf(repository: TestRepository, options = PACKS, known?: History): Promise<History> {
  return walkHistory(await openRepository(repository.path), repository.git('rev-parse', 'HEAD'), options, known);
}

/** Where the content that a directory has at a revision landed. */
function landingOf(repository: TestRepository, history: History, name: string): Landing | undefined {
  return history.landings.get(repository.git('rev-parse', name));
}

/** Waits with committing, so that the fixed clock of the helper gives a known day. */
const day = (number: number): string => `2024-01-${String(number).padStart(2, '0')}T12:00:00Z`;

test('content lands in the commit that brings it', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1' });
  const first = repository.git('rev-parse', 'HEAD');
  const second = repository.commit({ 'packs/b/f': '2' });
  const third = repository.commit({ 'packs/a/f': '3', 'packs/file': '' });
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
  const repository = await gitRepository({ 'packs/a/f': '1' });
  const first = repository.git('rev-parse', 'HEAD');
  repository.commit({ 'packs/a/f': '2' });
  repository.commit({ 'packs/a': null });
  repository.commit({ 'packs/a/f': '1' });
  const history = await historyOf(repository);
  expect(landingOf(repository, history, 'HEAD:packs/a')).toEqual({ commit: first, at: day(1) });
});

test('a directory that is renamed as it is keeps its landing', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1' });
  const first = repository.git('rev-parse', 'HEAD');
  repository.git('mv', 'packs/a', 'packs/b');
  repository.commit({});
  expect(landingOf(repository, await historyOf(repository), 'HEAD:packs/b')?.commit).toBe(first);
});

test('content of a branch lands with its merge', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1' });
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.commit({ 'packs/b/f': 'draft' });
  const draft = repository.git('rev-parse', 'HEAD:packs/b');
  repository.commit({ 'packs/b/f': 'done' });
  repository.git('checkout', '--quiet', 'main');
  repository.commit({ 'packs/c/f': '1' });
  repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
  const history = await historyOf(repository);
  expect(landingOf(repository, history, 'HEAD:packs/b')?.commit).toBe(repository.git('rev-parse', 'HEAD'));
  expect(history.landings.has(draft)).toBe(false);
  expect(history.length).toBe(3);
});

test('only directories as deep as packs lie are of interest', async () => {
  const repository = await gitRepository({ 'packs/a/deep/f': '1', 'packs/group/b/f': '2', 'other/c/f': '3' });
  const oids = (options: LandingOptions, ...names: string[]): Promise<void> =>
    historyOf(repository, options).then(({ landings }) =>
      expect([...landings.keys()].toSorted()).toEqual(
        names.map((name) => repository.git('rev-parse', `HEAD:${name}`)).toSorted(),
      ),
    );
  await oids({ bases: ['packs'], depths: new Set([2]) }, 'packs/a', 'packs/group');
  await oids({ bases: ['packs'], depths: new Set([3]) }, 'packs/a/deep', 'packs/group/b');
  await oids({ bases: ['other', 'packs/group'], depths: new Set([2, 3]) }, 'other/c', 'packs/group', 'packs/group/b');
  await oids({ bases: ['.'], depths: new Set([1]) }, 'packs', 'other');
  await oids({ bases: ['.', 'packs'], depths: new Set([1]) }, 'packs', 'other');
  await oids({ bases: ['none'], depths: new Set([1, 2, 3]) });
});

test.each(['packs/ünï 日本', 'packs/a b', 'packs/:(top)x', 'packs/"q"\t', 'packs/*', 'packs/:100644'])(
  'the path %j',
  async (path) => {
    const repository = await gitRepository({ [`${path}/pack/f`]: '1', 'packs/ordinary/pack/f': '2' });
    const { landings } = await historyOf(repository, { bases: [path], depths: new Set([3]) });
    expect([...landings.keys()]).toEqual([repository.git('rev-parse', `HEAD:${path}/pack`)]);
  },
);

test('settings of the user do not change what is found', async () => {
  const repository = await gitRepository({ 'packs/ä/f': '1\n2\n3\n4\n5\n' });
  repository.git('mv', 'packs/ä', 'packs/b');
  repository.commit({ 'packs/c/f': '1\n2\n3\n4\n5\n6\n' });
  repository.git('checkout', '--quiet', '-b', 'side', 'HEAD~1');
  repository.commit({ 'packs/d/f': '' });
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
  const repository = await gitRepository({ 'packs/p0/f': '0' });
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
const useless = (tip: string): History => ({
  tip,
  length: 1000,
  landings: new Map([['x', { commit: 'y', at: 'z' }]]),
});

describe('a walk that continues an earlier one', () => {
  test('gives what a full walk gives, from wherever it continues', async () => {
    const { repository, tips } = await busyRepository();
    const opened = await openRepository(repository.path);
    const tip = tips.at(-1) ?? '';
    const full = await walkHistory(opened, tip, PACKS);
    expect(full.length).toBe(Number(repository.git('rev-list', '--first-parent', '--count', 'HEAD')));
    let stepwise: History | undefined;
    for (const commit of tips) {
      stepwise = await walkHistory(opened, commit, PACKS, stepwise);
      expect(await walkHistory(opened, tip, PACKS, stepwise)).toEqual(full);
    }
    expect(stepwise).toEqual(full);
  });

  test('keeps what is known and adds to it', async () => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    const { tip: knownTip, landings } = await historyOf(repository);
    const gone: [string, Landing] = ['a tree of long ago', { commit: 'x', at: day(1) }];
    const known: History = { tip: knownTip, length: 41, landings: new Map([...landings, gone]) };
    const tip = repository.commit({ 'packs/b/f': '2' });
    const brought: [string, Landing] = [repository.git('rev-parse', 'HEAD:packs/b'), { commit: tip, at: day(2) }];
    expect(await historyOf(repository, PACKS, known)).toEqual({
      tip,
      length: 42,
      landings: new Map([...landings, gone, brought]),
    });
    expect(known.landings.size).toBe(2);
  });

  test('is the known history itself when nothing happened since', async () => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    const known = await historyOf(repository);
    expect(await historyOf(repository, PACKS, known)).toBe(known);
  });

  test.each<[string, (repository: TestRepository) => string]>([
    ['is unknown to Git', () => 'deadbeef'.repeat(5)],
    ['is no id at all', () => '--all'],
    ['is a branch that was merged', (repository) => repository.git('rev-parse', 'side')],
    ['is later than what is asked for', (repository) => repository.git('rev-parse', 'later')],
    ['shares nothing', (repository) => repository.git('rev-parse', 'orphan')],
    ['is a tree', (repository) => repository.git('rev-parse', 'HEAD^{tree}')],
  ])('starts anew when the known tip %s', async (_name, tip) => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.commit({ 'packs/b/f': '1' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'packs/c/f': '1' });
    repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
    repository.git('checkout', '--quiet', '-b', 'later');
    repository.commit({ 'packs/d/f': '1' });
    repository.git('checkout', '--quiet', '--orphan', 'orphan');
    repository.commit({ 'packs/e/f': '1' });
    repository.git('checkout', '--quiet', 'main');
    const full = await historyOf(repository);
    expect(await historyOf(repository, PACKS, useless(tip(repository)))).toEqual(full);
    expect(full.length).toBe(3);
  });

  test('starts anew when history was rewritten', async () => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    repository.commit({ 'packs/b/f': '2' });
    const known = await historyOf(repository);
    repository.git('reset', '--quiet', '--hard', 'HEAD~1');
    const rewritten = repository.commit({ 'packs/b/f': '2', 'packs/c/f': '3' });
    const history = await historyOf(repository, PACKS, known);
    expect(landingOf(repository, history, 'HEAD:packs/b')?.commit).toBe(rewritten);
    expect(history.length).toBe(2);
  });
});

test('a shallow clone gives what it has', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1' });
  const second = repository.commit({ 'packs/b/f': '1' });
  const path = join(await scratch(), 'clone');
  repository.git('clone', '--quiet', '--depth=1', `file://${repository.path}`, path);
  const history = await walkHistory(await openRepository(path), second, PACKS);
  expect(history.length).toBe(1);
  expect(landingOf(repository, history, 'HEAD:packs/a')?.commit).toBe(second);
});

test('a commit that is not there is an error', async () => {
  const repository = await gitRepository({ 'packs/a/f': '1' });
  const work = walkHistory(await openRepository(repository.path), 'deadbeef'.repeat(5), PACKS);
  expect(await failureOf(work)).toEqual({
    code: 'git-failed',
    message: `git rev-list failed: fatal: bad object ${'deadbeef'.repeat(5)}`,
    hint: undefined,
  });
});
