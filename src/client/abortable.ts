/** The values of a source, until a signal aborts: then its reason is thrown at once, and the source is told to end. */
export async function* abortable<Value>(source: AsyncIterable<Value>, signal?: AbortSignal): AsyncGenerator<Value> {
  if (signal === undefined) {
    yield* source;
    return;
  }
  signal.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
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
    signal.removeEventListener('abort', abort);
    // Its end may have to wait for what it is doing, and nobody waits for that.
    if (!ended) void iterator.return?.()?.catch(() => undefined);
  }
}
