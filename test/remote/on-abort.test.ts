import { getEventListeners } from 'node:events';

import { expect, test } from 'vitest';

import { onAbort } from '../../src/remote/on-abort.ts';

test('many are one to the signal, and each is called once', () => {
  const controller = new AbortController();
  const called: number[] = [];
  for (let each = 0; each < 100; each += 1) onAbort(controller.signal, () => called.push(each));
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort();
  expect(called).toEqual(Array.from({ length: 100 }, (_, each) => each));
});

test('what was ended is not called, and the last leaves nothing behind', () => {
  const controller = new AbortController();
  let calls = 0;
  const listener = (): void => void (calls += 1);
  const [first, second] = [onAbort(controller.signal, listener), onAbort(controller.signal, listener)];
  first();
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  second();
  second();
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  onAbort(controller.signal, listener);
  controller.abort();
  expect(calls).toBe(1);
});
