import { expect, test } from 'vitest';

import { slots } from '../../src/remote/slots.ts';

test('so many at once, the others in their order, and each gives back once', async () => {
  const { take } = slots(2);
  const [first, second] = [await take(), await take()];
  const order: number[] = [];
  const third = take().then((giveBack) => {
    order.push(3);
    return giveBack;
  });
  const fourth = take().then((giveBack) => {
    order.push(4);
    return giveBack;
  });
  first();
  first();
  const giveBack = await third;
  await Promise.resolve();
  expect(order).toEqual([3]);
  second();
  await fourth;
  expect(order).toEqual([3, 4]);
  giveBack();
  await take();
});
