import { onAbort } from '../remote/on-abort.ts';

/** The values of a source, until a signal aborts: then its reason is thrown at once, and the source is told to end. */
export async function* abortable<Value>(source: AsyncIterable<Value>, signal?: AbortSignal): AsyncGenerator<Value> {
  if (signal === undefined) {
    yield* source;
    return;
  }
  signal.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  let forget = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    forget = onAbort(signal, () => reject(signal.reason));
  });
  // When the source ends first, nobody waits for it.
  aborted.catch(() => undefined);
  let ended = false;
  try {
    for (;;) {
      const next = iterator.next();
      next.catch(() => undefined);
      const result = await Promise.race([next, aborted]);
      ended = result.done === true;
      if (ended) return;
      yield result.value as Value;
    }
  } finally {
    forget();
    // Its end may have to wait for what it is doing, and nobody waits for that.
    if (!ended) void iterator.return?.()?.catch(() => undefined);
  }
}
