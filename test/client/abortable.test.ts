import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { abortable } from '../../src/client/abortable.ts';

async function* counted(values: readonly number[], ended: () => void): AsyncGenerator<number> {
  try {
    yield* values;
  } finally {
    ended();
  }
}

async function* never(): AsyncGenerator<number> {
  yield 1;
  await new Promise(() => undefined);
}

test('without an abort it gives what the source gives, and ends it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), fc.boolean(), fc.nat(10), async (values, withSignal, taken) => {
      let ends = 0;
      const signal = withSignal ? new AbortController().signal : undefined;
      const seen: number[] = [];
      for await (const value of abortable(
        counted(values, () => (ends += 1)),
        signal,
      )) {
        seen.push(value);
        if (seen.length > taken) break;
      }
      expect(seen).toEqual(values.slice(0, taken + 1));
      await Promise.resolve();
      expect(ends).toBe(1);
    }),
  );
});

test('an abort ends it at once, though its source never says anything more', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const work = (async () => {
    for await (const value of abortable(never(), controller.signal)) {
      seen.push(value);
      setTimeout(() => controller.abort(new Error('stop')), 5);
    }
  })();
  await expect(work).rejects.toThrow('stop');
  expect(seen).toEqual([1]);
});

test('a signal that has aborted already lets nothing begin', async () => {
  let begun = false;
  const source = (async function* () {
    begun = true;
    yield 1;
  })();
  await expect(abortable(source, AbortSignal.abort(new Error('no'))).next()).rejects.toThrow('no');
  expect(begun).toBe(false);
});
