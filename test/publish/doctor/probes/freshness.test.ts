import { pathToFileURL } from 'node:url';

import { expect, test } from 'vitest';

import type { DoctorOptions } from '../../../../src/publish/doctor/doctor.ts';
import { looked, said } from '../../../helpers/doctor-cases.ts';
import { doctorRegistry } from '../../../helpers/doctor-host.ts';
import { gitRepository, type TestRepository } from '../../../helpers/git-repository.ts';
import { scratch } from '../../../helpers/scratch.ts';

const AGAIN = 'Look why the last publishing failed, and run it again: it finishes what was begun.';

async function ofCommit(commit: string, options: DoctorOptions, more: object = {}): Promise<readonly string[]> {
  const files = doctorRegistry();
  const index = JSON.parse(files.get('index.json')?.toString() ?? '') as { source: object };
  const source = { commit, committedAt: '2024-01-01T12:00:00Z', ...more };
  files.set('index.json', Buffer.from(JSON.stringify({ ...index, source })));
  const results = await looked({ files }, options);
  expect(said(results.filter(({ probe }) => probe !== 'freshness'))).toEqual([]);
  return results
    .filter(({ probe }) => probe === 'freshness')
    .map(({ state, seen, remedy }) => [state, seen, ...(remedy === undefined ? [] : [remedy])].join(' → '));
}

async function threeCommits(): Promise<{ repository: TestRepository; first: string; head: string }> {
  const repository = await gitRepository();
  const first = repository.commit({ 'a.txt': 'a' });
  repository.commit({ 'a.txt': 'b' });
  return { repository, first, head: repository.commit({ 'a.txt': 'c' }) };
}

/** When the second commit was made. */
const SECOND = Date.UTC(2024, 0, 2, 12);
const HOUR = 3_600_000;

test('without a repository the age is only told', async () => {
  const now = Date.UTC(2024, 0, 4, 12);
  expect(await ofCommit('a'.repeat(40), { now })).toEqual(['pass → serial 1 of commit aaaaaaaaaaaa, made 3 days ago']);
});

test('the head of the branch', async () => {
  const { repository, head } = await threeCommits();
  expect(await ofCommit(head, { now: SECOND, repository: { repository: repository.path } })).toEqual([
    `pass → serial 1 of commit ${head.slice(0, 12)}, made 24 hours ago, the head of the branch`,
  ]);
});

test.each([
  [HOUR / 2, 'warning', '30 minutes'],
  [HOUR * 5, 'failure', '5 hours'],
])('behind the branch since %i ms', async (late, state, since) => {
  const { repository, first } = await threeCommits();
  const now = SECOND + late;
  const [line] = await ofCommit(first, { now, repository: { repository: repository.path, branch: 'main' } });
  expect(line).toMatch(
    new RegExp(
      `^${state} → serial 1 of commit ${first.slice(0, 12)}, made .*: 2 commits behind main, for ${since} → ${AGAIN}$`,
      'u',
    ),
  );
});

test('a repository elsewhere, of which only commits are fetched', async () => {
  const { repository, first, head } = await threeCommits();
  repository.git('config', 'uploadpack.allowFilter', 'true');
  const address = pathToFileURL(repository.path).href;
  const now = SECOND + 2 * HOUR;
  expect(await ofCommit(head, { now, repository: { repository: address } })).toEqual([
    `pass → serial 1 of commit ${head.slice(0, 12)}, made 26 hours ago, the head of the branch`,
  ]);
  expect(await ofCommit(first, { now, repository: { repository: address, branch: 'main' } })).toEqual([
    `failure → serial 1 of commit ${first.slice(0, 12)}, made 26 hours ago: 2 commits behind main, for 2 hours → ${AGAIN}`,
  ]);
});

test('a commit that is on another branch', async () => {
  const { repository, head } = await threeCommits();
  expect(await ofCommit('b'.repeat(40), { now: SECOND, repository: { repository: repository.path } })).toEqual([
    `failure → serial 1 of commit bbbbbbbbbbbb, made 24 hours ago, which does not lead to ${head.slice(0, 12)}, the head of the branch → ${AGAIN}`,
  ]);
});

test('a shallow clone', async () => {
  const { repository, first } = await threeCommits();
  const clone = await scratch();
  repository.git('clone', '--quiet', '--depth', '1', pathToFileURL(repository.path).href, clone);
  expect(await ofCommit(first, { now: SECOND, repository: { repository: clone } })).toEqual([
    `skipped → serial 1 of commit ${first.slice(0, 12)}, made 24 hours ago, which this shallow clone does not know: fetch all of its history`,
  ]);
});

test('a branch that is not there', async () => {
  const { repository, head } = await threeCommits();
  expect(await ofCommit(head, { repository: { repository: repository.path, branch: 'other' } })).toEqual([
    `failure → ${repository.path} has no commit named "other" → Name a branch with --branch: \`git branch --all\` lists them.`,
  ]);
});

test('a repository that is not there', async () => {
  const address = 'file:///nowhere/at/all';
  expect(await ofCommit('a'.repeat(40), { repository: { repository: address } })).toEqual([
    `failure → its HEAD of ${address} cannot be fetched → Check the address, the branch and your login: \`git ls-remote\` with the same address must work.`,
  ]);
});

test('the commit that is expected', async () => {
  const commit = 'c0ffee'.padEnd(40, '0');
  expect(await ofCommit(commit, { now: SECOND, commit: 'c0ffee0' })).toEqual([
    'pass → serial 1 of commit c0ffee000000, made 24 hours ago',
  ]);
  expect(await ofCommit(commit, { now: SECOND, commit: 'decaf00' })).toEqual([
    `failure → serial 1 of commit c0ffee000000, made 24 hours ago, not of commit decaf00 → ${AGAIN}`,
  ]);
});

test('changes that were not committed', async () => {
  expect(await ofCommit('a'.repeat(40), { now: SECOND }, { dirty: true })).toEqual([
    `warning → serial 1 of commit aaaaaaaaaaaa, made 24 hours ago, with changes that were not committed → ${AGAIN}`,
  ]);
});
