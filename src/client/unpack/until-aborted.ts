/** What comes, until the signal aborts: then its reason is thrown at once, even while nothing comes. */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item> {
  if (signal === undefined) {
    yield* items;
    return;
  }
  signal.throwIfAborted();
  const iterator = items[Symbol.asyncIterator]();
  let ended = false;
  let give: (reason: unknown) => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    give = reject;
  });
  aborted.catch(() => undefined);
  const abort = (): void => give(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted]);
      signal.throwIfAborted();
      if (next.done === true) {
        ended = true;
        return;
      }
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Not waited for: it may be what nothing comes from.
    if (!ended) void iterator.return?.()?.catch(() => undefined);
  }
}
