import { setImmediate } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { inParallel } from '../../src/model/in-parallel.ts';

test.each([1, 3, 100])('results keep the order of the items, with %d at work', async (width) => {
  const items = [5, 1, 4, 2, 3];
  let atWork = 0;
  let most = 0;
  const results = await inParallel(items, width, async (item, index) => {
    atWork += 1;
    most = Math.max(most, atWork);
    for (let turn = 0; turn < item; turn += 1) await setImmediate();
    atWork -= 1;
    return `${index}:${item}`;
  });
  expect(results).toEqual(['0:5', '1:1', '2:4', '3:2', '4:3']);
  expect(most).toBe(Math.min(width, items.length));
});

test('nothing to do', async () => {
  expect(await inParallel([], 4, async () => 1)).toEqual([]);
});

test('after a failure nothing is begun, and what was begun has ended', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = inParallel([0, 1, 2, 3, 4, 5], 3, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('one failed');
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    ended.push(item);
  });
  await expect(work).rejects.toThrow('one failed');
  expect(begun).toEqual([0, 1, 2]);
  expect(ended).toEqual([0, 2]);
});
