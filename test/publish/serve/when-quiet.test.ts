import { setTimeout } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { whenQuiet } from '../../../src/publish/serve/when-quiet.ts';

interface Promised {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function promised(): Promised {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

const SOON = { quiet: 5, most: 20 };

test('does the work once for many things that happen at once', async () => {
  const done = promised();
  let count = 0;
  const work = whenQuiet(async () => {
    count += 1;
    done.resolve();
  }, SOON);
  for (let index = 0; index < 100; index += 1) work.poke();
  await done.promise;
  await work.close();
  expect(count).toBe(1);
});

test('is not put off for ever', async () => {
  const done = promised();
  const work = whenQuiet(async () => done.resolve(), { quiet: 50, most: 60 });
  const poking = setInterval(() => work.poke(), 5);
  await done.promise;
  clearInterval(poking);
  await work.close();
});

test('does it again for what happened meanwhile, and never two at a time', async () => {
  let [running, most, count] = [0, 0, 0];
  const twice = promised();
  const work = whenQuiet(async () => {
    running += 1;
    most = Math.max(most, running);
    count += 1;
    if (count === 1) work.poke();
    await setTimeout(10);
    running -= 1;
    if (count === 2) twice.resolve();
  }, SOON);
  work.poke();
  await twice.promise;
  await work.close();
  expect({ most, count }).toEqual({ most: 1, count: 2 });
});

test('does nothing once it is closed, after what it is doing', async () => {
  let ended = false;
  const begun = promised();
  const work = whenQuiet(async () => {
    begun.resolve();
    await setTimeout(20);
    ended = true;
  }, SOON);
  work.poke();
  await begun.promise;
  work.poke();
  await work.close();
  expect(ended).toBe(true);
  ended = false;
  work.poke();
  await setTimeout(50);
  expect(ended).toBe(false);
});
