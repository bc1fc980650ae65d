import { setTimeout } from 'node:timers/promises';

/** Waits before a further attempt, the longer the more there were, so that publishers do not come back all at once. */
export async function pause(attempts: number, signal: AbortSignal | undefined, longest: number = 2000): Promise<void> {
  const most = Math.min(longest, 20 * 2 ** Math.min(attempts, 10));
  await setTimeout(most * Math.random(), undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}
