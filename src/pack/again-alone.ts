/** Runs a task; where it fails, once more with none of the others beside it, and what comes of that counts. */
export type AgainAlone = <T>(task: () => Promise<T>, isFinal: (error: unknown) => boolean) => Promise<T>;

/**
 * For tasks that run side by side and share where they leave the reason of a failure, so that one may be given another's.
 * `isFinal` says of a failure that nothing more is to be learnt.
 */
export function againAlone(): AgainAlone {
  const running = new Set<Promise<unknown>>();
  let alone: Promise<unknown> | undefined;
  return async (task, isFinal) => {
    // eslint-disable-next-line no-await-in-loop
    while (alone !== undefined) await alone;
    const first = task();
    running.add(first);
    try {
      return await first;
    } catch (error) {
      if (isFinal(error)) throw error;
    } finally {
      running.delete(first);
    }
    const before = alone;
    const second = (async () => {
      await before;
      await Promise.allSettled(running);
      return task();
    })();
    const ended = second.then(
      () => undefined,
      () => undefined,
    );
    alone = ended;
    try {
      return await second;
    } finally {
      if (alone === ended) alone = undefined;
    }
  };
}
