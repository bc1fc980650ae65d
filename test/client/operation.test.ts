import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { OperationAbandoned, startOperation, type Operation } from '../../src/client/operation.ts';

/** Counts to a number, one tick each. */
function counting(to: number, signal?: AbortSignal): Operation<number, string> {
  return startOperation<number, string>(
    async (emit, stop) => {
      for (let count = 1; count <= to; count += 1) {
        await tick();
        stop.throwIfAborted();
        emit(count);
      }
      return `counted to ${to}`;
    },
    signal === undefined ? {} : { signal },
  );
}

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const seen: Event[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

test('it is a promise of the result', async () => {
  expect(await counting(3)).toBe('counted to 3');
  expect(await counting(0).then((text) => text.length)).toBe('counted to 0'.length);
});

test('it can be iterated, before, while and after it is awaited', async () => {
  const operation = counting(3);
  expect(await all(operation)).toEqual([1, 2, 3]);
  expect(await operation).toBe('counted to 3');
  expect(await all(operation)).toEqual([1, 2, 3]);
  const both = counting(3);
  expect(await Promise.all([both, all(both), all(both)])).toEqual(['counted to 3', [1, 2, 3], [1, 2, 3]]);
});

test('whenever somebody begins to iterate, however slowly, nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(8), fc.nat(12), fc.array(fc.nat(2), { maxLength: 12 }), async (to, late, pauses) => {
      const operation = counting(to);
      for (let waited = 0; waited < late; waited += 1) await tick();
      const seen: number[] = [];
      for await (const event of operation) {
        seen.push(event);
        for (let pause = 0; pause < (pauses[seen.length] ?? 0); pause += 1) await tick();
      }
      expect(seen).toEqual(Array.from({ length: to }, (_, index) => index + 1));
      expect(await operation).toBe(`counted to ${to}`);
    }),
    { numRuns: 50 },
  );
});

describe('leaving the loop', () => {
  test('stops the work, and ends when that has wound down', async () => {
    const steps: string[] = [];
    const operation = startOperation<number, void>(async (emit, stop) => {
      emit(1);
      emit(2);
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
      await tick();
      steps.push('wound down');
      throw stop.reason;
    });
    for await (const event of operation) {
      steps.push(`event ${event}`);
      break;
    }
    steps.push('left');
    expect(steps).toEqual(['event 1', 'wound down', 'left']);
    await expect(operation).rejects.toThrow(OperationAbandoned);
    await expect(operation).rejects.toThrow('The loop over its events was left before it was done.');
  });

  test('by an error does the same, and the error is what comes out', async () => {
    const operation = counting(1000);
    const left = (async () => {
      for await (const event of operation) if (event === 2) throw new Error('enough');
    })();
    await expect(left).rejects.toThrow('enough');
    await expect(operation).rejects.toThrow(OperationAbandoned);
  });

  test('after the work is done changes nothing', async () => {
    const operation = counting(3);
    await operation;
    for await (const event of operation) if (event === 1) break;
    expect(await operation).toBe('counted to 3');
  });

  test('is not what an iterator does that was never used', async () => {
    const operation = counting(3);
    await operation[Symbol.asyncIterator]().return?.();
    expect(await operation).toBe('counted to 3');
  });
});

describe('a failure', () => {
  const failing = (): Operation<number, never> =>
    startOperation<number, never>(async (emit) => {
      emit(1);
      await tick();
      throw new Error('no space');
    });

  test('comes behind the events, and is the one of the promise', async () => {
    const operation = failing();
    const seen: number[] = [];
    const iterated = (async () => {
      for await (const event of operation) seen.push(event);
    })();
    await expect(iterated).rejects.toThrow('no space');
    expect(seen).toEqual([1]);
    await expect(operation).rejects.toThrow('no space');
  });

  test('is handled by who iterates only: nothing is left unhandled', async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): unknown => unhandled.push(reason);
    process.on('unhandledRejection', listener);
    try {
      await expect(all(failing())).rejects.toThrow('no space');
      await expect(all(counting(1000, AbortSignal.abort(new Error('stopped'))))).rejects.toThrow('stopped');
      for (let waited = 0; waited < 5; waited += 1) await tick();
    } finally {
      process.off('unhandledRejection', listener);
    }
    expect(unhandled).toEqual([]);
  });

  test('of who listens ends the work', async () => {
    const operation = startOperation<number, string>(
      async (emit) => {
        emit(1);
        return 'done';
      },
      {
        onEvent: () => {
          throw new Error('the terminal is gone');
        },
      },
    );
    await expect(operation).rejects.toThrow('the terminal is gone');
  });
});

test('the signal stops it with its reason, before and while it runs', async () => {
  await expect(counting(3, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  const controller = new AbortController();
  const operation = counting(1000, controller.signal);
  const seen = all(operation);
  await tick();
  controller.abort(new Error('stopped'));
  await expect(operation).rejects.toThrow('stopped');
  await expect(seen).rejects.toThrow('stopped');
});

test('who listens hears each event once, in order', async () => {
  const heard: number[] = [];
  const operation = startOperation<number, void>(
    async (emit) => {
      for (const event of [1, 2, 3]) emit(event);
    },
    { onEvent: (event) => heard.push(event) },
  );
  await operation;
  await all(operation);
  expect(heard).toEqual([1, 2, 3]);
});
