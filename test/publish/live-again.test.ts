import { onTestFinished, expect, test } from 'vitest';

import { openGitStore } from '../../src/publish/git/git-store.ts';
import { publish } from '../../src/publish/publish.ts';
import { rollback } from '../../src/publish/rollback.ts';
import type { Store } from '../../src/publish/store.ts';
import { bareRemote } from '../helpers/bare-remote.ts';
import { builtCommits } from '../helpers/published-commits.ts';
import { failureOf } from '../helpers/rejection.ts';
import { MemoryStore, type MemoryPlace } from './memory-store.ts';
import type { Condition } from '../../src/publish/store.ts';
import type { Entry } from '../../src/model/entry.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

type OpenAt = (now: () => number) => Promise<Store>;

/** What a removal takes away an hour after serial 3 took the place of 2, which was live twice. */
async function removedAfterAll(open: OpenAt): Promise<readonly string[]> {
  const { folders } = await builtCommits(3);
  let time = START;
  const now = (): number => time;
  const put = async (day: number, number: number, prune?: { readonly keep: number }): Promise<readonly string[]> => {
    time = START + day * DAY;
    const from = folders[number - 1] ?? '';
    const { removed } = await publish({ store: await open(now), from, now, ...(prune && { prune }) });
    return removed;
  };
  await put(0, 1);
  await put(10, 2);
  time = START + 20 * DAY;
  await rollback({ store: await open(now), serial: '1', now });
  await put(21, 2);
  await put(40, 3);
  return put(40.1, 3, { keep: 7 * DAY });
}

test('what is live a second time is kept for as long as what was live once', async () => {
  const place: MemoryPlace = new Map();
  const removed = await removedAfterAll(async (now) => new MemoryStore(place, { now }));
  expect(removed.filter((path) => path.startsWith('history/')).map((path) => path.slice(0, 10))).toEqual([
    'history/1-',
  ]);
});

test('on a branch as well', async () => {
  const { url } = await bareRemote();
  const removed = await removedAfterAll(async (now) => {
    const store = await openGitStore({ remote: url, branch: 'gh-pages', history: 'keep', now });
    onTestFinished(() => store.close());
    return store;
  });
  expect(removed.filter((path) => path.startsWith('history/')).map((path) => path.slice(0, 10))).toEqual([
    'history/1-',
  ]);
});

test('going back says so where another publisher removes what it needs meanwhile', async () => {
  const { folders } = await builtCommits(2);
  const place: MemoryPlace = new Map();
  for (const from of folders) await publish({ store: new MemoryStore(place), from });
  const lost = [...place.keys()].find((path) => /^packs\/pack-1\/[0-9a-f]{64}/u.test(path)) ?? '';
  class Losing extends MemoryStore {
    override async put(entry: Entry, condition?: Condition): Promise<'written' | 'conflict'> {
      if (entry.path === 'index.json') place.delete(lost);
      return super.put(entry, condition);
    }
  }
  expect(await failureOf(rollback({ store: new Losing(place), serial: '1' }))).toEqual({
    code: 'registry-damaged',
    message: `memory went back to serial 1, but another publisher removed ${lost} meanwhile.`,
    hint: 'Go on with --rollback 2, or revert in Git and publish that.',
  });
});
