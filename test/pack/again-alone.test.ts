import { expect, test } from 'vitest';

import { againAlone } from '../../src/pack/again-alone.ts';

const never = (): boolean => false;

/** A task that notes how many of them run, and ends after some turns of the event loop. */
function stage(): (fail: boolean, log: number[]) => () => Promise<string> {
  let running = 0;
  return (fail, log) => async () => {
    running += 1;
    for (let turn = 0; turn < 5; turn += 1) {
      log.push(running);
      await new Promise(setImmediate);
    }
    running -= 1;
    if (fail) throw new Error('no');
    return 'yes';
  };
}

test('what fails is run again with nothing beside it, and what succeeds only once', async () => {
  const [task, attempt] = [stage(), againAlone()];
  const good = Array.from({ length: 6 }, (): number[] => []);
  const bad = Array.from({ length: 4 }, (): number[] => []);
  const results = await Promise.allSettled([
    ...bad.map((log) => attempt(task(true, log), never)),
    ...good.map((log) => attempt(task(false, log), never)),
  ]);
  expect(results.map(({ status }) => status)).toEqual([...bad.map(() => 'rejected'), ...good.map(() => 'fulfilled')]);
  expect(good.map((log) => log.length)).toEqual(good.map(() => 5));
  expect(bad.map((log) => log.slice(5))).toEqual(bad.map(() => [1, 1, 1, 1, 1]));
});

test('the others wait for who is alone', async () => {
  const [task, attempt] = [stage(), againAlone()];
  const [bad, late]: [number[], number[]] = [[], []];
  const failing = attempt(task(true, bad), never);
  failing.catch(() => undefined);
  while (bad.length < 7) await new Promise(setImmediate);
  expect(await attempt(task(false, late), never)).toBe('yes');
  await expect(failing).rejects.toThrow('no');
  expect([...bad.slice(5), ...late]).toEqual(Array.from({ length: 10 }, () => 1));
});

test('the second outcome counts', async () => {
  let runs = 0;
  const task = async (): Promise<number> => {
    runs += 1;
    if (runs === 1) throw new Error('once');
    return runs;
  };
  expect(await againAlone()(task, never)).toBe(2);
});

test('what is final is not run again', async () => {
  let runs = 0;
  const task = async (): Promise<never> => {
    runs += 1;
    throw new Error('for good');
  };
  await expect(againAlone()(task, () => true)).rejects.toThrow('for good');
  expect(runs).toBe(1);
});
