import { expect, test } from 'vitest';

import { startTimings } from '../../src/build/timings.ts';

test('steps add up under their names, in the order in which they began', async () => {
  let now = 100;
  const timings = startTimings(() => now);
  const take = (ms: number) => async (): Promise<number> => {
    now += ms;
    return ms;
  };
  expect(await timings.measure('read', take(5))).toBe(5);
  await timings.measure('pack', take(7));
  await timings.measure('read', take(1));
  expect([...timings.steps]).toEqual([
    ['read', 6],
    ['pack', 7],
  ]);
  expect(timings.elapsed()).toBe(13);
});

test('a step that fails is measured as well', async () => {
  let now = 0;
  const timings = startTimings(() => now);
  const failing = async (): Promise<never> => {
    now += 3;
    throw new Error('no');
  };
  await expect(timings.measure('read', failing)).rejects.toThrow('no');
  expect([...timings.steps]).toEqual([['read', 3]]);
});
