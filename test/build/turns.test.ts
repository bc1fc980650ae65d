import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { turns } from '../../src/build/turns.ts';

test('one at a time gets its turn, in the order in which they came', async () => {
  const queue = turns();
  const events: string[] = [];
  const work = async (name: string): Promise<void> => {
    const giveBack = await queue.take();
    events.push(`${name} begins`);
    await sleep(1);
    events.push(`${name} ends`);
    giveBack();
  };
  await Promise.all(['a', 'b', 'c'].map(work));
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('who comes when nobody is there need not wait', async () => {
  const queue = turns();
  (await queue.take())();
  await expect(queue.take()).resolves.toBeTypeOf('function');
});
