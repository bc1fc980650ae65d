import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { packDirectories } from '../../src/repo/pack-directories.ts';
import { historyOfStays, walkPackStays, type PackStays, type PackStaysOptions } from '../../src/repo/pack-stays.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { treesOf } from '../../src/repo/tree.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const PACKS: PackStaysOptions = { globs: ['packs/*', 'packs/*/*'], deepest: 2 };

async function staysOf(repository: TestRepository, options = PACKS, known?: PackStays): Promise<PackStays> {
  return walkPackStays(await openRepository(repository.path), repository.git('rev-parse', 'HEAD'), options, known);
}

/** Each stay as `directory from-until`. */
function spans({ stays }: PackStays): string[] {
  return stays.map(({ directory, from, until }) => `${directory} ${from}-${until ?? ''}`);
}

test('a pack stays from the commit that brings it to the one that takes it away', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  const first = repository.git('rev-parse', 'HEAD');
  const second = repository.commit({ 'packs/b/pack.json': '2', other: '' });
  repository.commit({ other: '1' });
  const fourth = repository.commit({ 'packs/a': null });
  const stays = await staysOf(repository);
  const third = repository.git('rev-parse', 'HEAD~1');
  const day = (number: number): string => `2024-01-0${number}T12:00:00Z`;
  expect(stays).toEqual({
    tip: fourth,
    at: day(4),
    length: 4,
    stays: [
      { directory: 'packs/a', tree: repository.git('rev-parse', `${first}:packs/a`), from: 0, until: 3 },
      { directory: 'packs/b', tree: repository.git('rev-parse', 'HEAD:packs/b'), from: 1 },
    ],
    commits: new Map([
      [0, { commit: first, at: day(1) }],
      [1, { commit: second, at: day(2) }],
      [2, { commit: third, at: day(3) }],
      [3, { commit: fourth, at: day(4) }],
    ]),
  });
  expect(historyOfStays(stays)).toEqual({
    tip: fourth,
    length: 4,
    landings: new Map([
      [stays.stays[0]?.tree, { commit: first, at: day(1) }],
      [stays.stays[1]?.tree, { commit: second, at: day(2) }],
    ]),
  });
});

test('content that is edited, moved, deleted and brought back stays more than once', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  repository.commit({ 'packs/a/pack.json': '2' });
  repository.commit({ 'packs/a/pack.json': '1' });
  repository.git('mv', 'packs/a', 'packs/b');
  repository.commit({});
  repository.commit({ 'packs/b': null });
  repository.commit({ 'packs/group/c/pack.json': '1' });
  const stays = await staysOf(repository);
  expect(spans(stays)).toEqual(['packs/a 0-1', 'packs/a 1-2', 'packs/a 2-3', 'packs/b 3-4', 'packs/group/c 5-']);
  expect(new Set(stays.stays.map(({ tree }) => tree)).size).toBe(2);
});

test('what lies inside a pack belongs to that pack, as long as it is one', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1', 'packs/a/b/pack.json': '1' });
  repository.commit({ 'packs/a/pack.json': null });
  repository.commit({ 'packs/a/pack.json': '2' });
  expect(spans(await staysOf(repository))).toEqual(['packs/a 0-1', 'packs/a/b 1-2', 'packs/a 2-']);
});

test.each<[string, FileMap]>([
  ['a file', { 'packs/a': '' }],
  ['nothing', { packs: null }],
  ['a directory in another case', { 'packs/a': null, 'packs/A/pack.JSON': '' }],
  ['a directory named pack.json', { 'packs/a/pack.json': null, 'packs/a/pack.json/pack.json': '' }],
])('a pack that becomes %s is gone', async (_name, change) => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  repository.write({ 'packs/a': null, 'packs/a/pack.json': null });
  repository.commit(change);
  expect(spans(await staysOf(repository, { globs: ['packs/*'], deepest: 2 }))).toEqual(['packs/a 0-1']);
});

test.each<[readonly string[], readonly string[]]>([
  [['packs/*'], ['packs/a', 'packs/ä b']],
  [
    ['packs/**'],
    ['packs/.x', 'packs/a', 'packs/group/.x', 'packs/group/b', 'packs/ä b'].filter((path) => !path.includes('.x')),
  ],
  [['packs/{a,group/*}'], ['packs/a', 'packs/group/b']],
  [['packs/*', '!packs/a'], ['packs/ä b']],
  [
    ['packs/a', 'packs/group/*', 'packs'],
    ['packs/a', 'packs/group/b'],
  ],
  [['./packs/*/'], ['packs/a', 'packs/ä b']],
  [['*/*'], ['other/c', 'packs/a', 'packs/ä b']],
  [['.hidden/*'], ['.hidden/d']],
  [['none/*'], []],
])('%j name what they name at the tip', async (globs, expected) => {
  const packs = ['packs/a', 'packs/ä b', 'packs/.x', 'packs/group/b', 'packs/group/.x', 'other/c', '.hidden/d'];
  const repository = await gitRepository(Object.fromEntries(packs.map((path) => [`${path}/pack.json`, path])));
  expect((await staysOf(repository, { globs, deepest: 2 })).stays.map(({ directory }) => directory)).toEqual(expected);
});

/** What can happen to a registry between two commits. */
const CHANGE = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), pack: fc.nat(4), text: fc.nat(2) }),
  fc.record({ kind: fc.constant('delete' as const), pack: fc.nat(4) }),
  fc.record({ kind: fc.constant('nest' as const), pack: fc.nat(4), text: fc.nat(2) }),
  fc.record({ kind: fc.constant('open' as const), pack: fc.nat(4) }),
  fc.record({ kind: fc.constant('move' as const), pack: fc.nat(4), to: fc.nat(4) }),
  fc.record({ kind: fc.constant('revert' as const) }),
  fc.record({ kind: fc.constant('elsewhere' as const), text: fc.nat(2) }),
  fc.record({ kind: fc.constant('merge' as const), pack: fc.nat(4), other: fc.nat(4), text: fc.nat(2) }),
);

function apply(repository: TestRepository, change: typeof CHANGE extends fc.Arbitrary<infer T> ? T : never): void {
  const path = (pack: number): string => (pack < 3 ? `packs/p${pack}` : `packs/group/p${pack}`);
  switch (change.kind) {
    case 'edit':
      repository.commit({ [`${path(change.pack)}/pack.json`]: String(change.text) });
      break;
    case 'delete':
      repository.commit({ [path(change.pack)]: null });
      break;
    case 'nest':
      repository.commit({ [`${path(change.pack)}/inner/pack.json`]: String(change.text) });
      break;
    case 'open':
      repository.commit({ [`${path(change.pack)}/pack.json`]: null, 'packs/group/pack.json': null });
      break;
    case 'move':
      repository.write({ [path(change.to)]: null });
      try {
        repository.git('mv', path(change.pack), path(change.to));
      } catch {
        // There is nothing to move.
      }
      repository.commit({});
      break;
    case 'revert':
      try {
        repository.git('revert', '--no-edit', 'HEAD');
      } catch {
        repository.git('revert', '--quit');
        repository.git('reset', '--quiet', '--hard');
      }
      break;
    case 'elsewhere':
      repository.commit({ 'notes.txt': String(change.text) });
      break;
    case 'merge':
      repository.git('checkout', '--quiet', '-B', 'side');
      repository.commit({ [`${path(change.pack)}/pack.json`]: `side ${change.text}` });
      repository.commit({ [`${path(change.pack)}/pack.json`]: `done ${change.text}` });
      repository.git('checkout', '--quiet', 'main');
      repository.commit({ [`${path(change.other)}/values.yaml`]: String(change.text) });
      repository.git('merge', '--quiet', '--no-ff', '-X', 'ours', '-m', 'merge', 'side');
      break;
  }
}

/** The stays as they follow from the packs of every single commit. */
async function slowStays(repository: TestRepository, { globs }: PackStaysOptions): Promise<string[]> {
  const trees = treesOf(openObjects(repository.path));
  const commits = repository.git('rev-list', '--first-parent', '--reverse', 'HEAD').split('\n');
  const open = new Map<string, { tree: string; from: number }>();
  const stays: string[] = [];
  for (const [position, commit] of commits.entries()) {
    const { packs } = await packDirectories(trees, repository.git('rev-parse', `${commit}^{tree}`), globs);
    const now = new Map(packs.map(({ directory, tree }) => [directory, tree]));
    for (const [directory, { tree, from }] of open) {
      if (now.get(directory) === tree) continue;
      stays.push(`${directory} ${tree} ${from}-${position}`);
      open.delete(directory);
    }
    for (const [directory, tree] of now) if (!open.has(directory)) open.set(directory, { tree, from: position });
  }
  for (const [directory, { tree, from }] of open) stays.push(`${directory} ${tree} ${from}-`);
  return stays.toSorted();
}

describe('whatever happened', () => {
  test('the stays are those of every single commit, and continuing gives what walking all gives', async () => {
    const histories = fc.record({
      changes: fc.array(CHANGE, { minLength: 1, maxLength: 12 }),
      globs: fc.constantFrom(PACKS.globs, ['packs/*'], ['packs/**'], ['packs/{p0,p1}', 'packs/group/*']),
    });
    await fc.assert(
      fc.asyncProperty(histories, async ({ changes, globs }) => {
        const options = { globs, deepest: 2 };
        const repository = await gitRepository({ 'packs/p0/pack.json': '0' });
        let stepwise = await staysOf(repository, options);
        const known = [stepwise];
        for (const change of changes) {
          apply(repository, change);
          stepwise = await staysOf(repository, options, stepwise);
          known.push(stepwise);
        }
        const full = await staysOf(repository, options);
        for (const earlier of known) expect(await staysOf(repository, options, earlier)).toEqual(full);
        expect([...full.commits.keys()]).toEqual([...full.commits.keys()].toSorted((a, b) => a - b));
        const rows = full.stays.map(
          ({ directory, tree, from, until }) => `${directory} ${tree} ${from}-${until ?? ''}`,
        );
        expect(rows.toSorted()).toEqual(await slowStays(repository, options));
        const { packs } = await packDirectories(
          treesOf(openObjects(repository.path)),
          `${repository.git('rev-parse', 'HEAD^{tree}')}`,
          globs,
        );
        expect(packs.length).toBe(full.stays.filter(({ until }) => until === undefined).length);
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});

test('starts anew when history was rewritten', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  repository.commit({ 'packs/b/pack.json': '2' });
  const known = await staysOf(repository);
  repository.git('reset', '--quiet', '--hard', 'HEAD~1');
  repository.commit({ 'packs/c/pack.json': '3' });
  expect(spans(await staysOf(repository, PACKS, known))).toEqual(['packs/a 0-', 'packs/c 1-']);
});

test('is the known walk itself when nothing happened since', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1' });
  const known = await staysOf(repository);
  expect(await staysOf(repository, PACKS, known)).toBe(known);
});

test('of a shallow clone begins where it begins', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '1', 'packs/b/pack.json': '1' });
  repository.commit({ 'packs/b': null });
  repository.commit({ 'packs/c/pack.json': '1' });
  const path = join(await scratch(), 'clone');
  repository.git('clone', '--quiet', '--depth=2', pathToFileURL(repository.path).href, path);
  const stays = await walkPackStays(await openRepository(path), repository.git('rev-parse', 'HEAD'), PACKS);
  expect(spans(stays)).toEqual(['packs/a 0-', 'packs/c 1-']);
});

test('ends when a few trees stand for too many directories', async () => {
  const repository = await gitRepository({ 'packs/a/b/pack.json': '1', 'packs/c/d/pack.json': '1' });
  const commit = repository.git('rev-parse', 'HEAD');
  expect(await failureOf(staysOf(repository, { ...PACKS, limit: 4 }))).toEqual({
    code: 'too-many-directories',
    message: `The history up to ${commit.slice(0, 12)} changed more than 4 directories where the globs of "packs" in registry.yaml look for packs.`,
    hint: 'Name the folders that packs lie in, such as packs/*, and leave out **; or set "history: head".',
  });
  expect(spans(await staysOf(repository, { ...PACKS, limit: 6 }))).toHaveLength(2);
});
