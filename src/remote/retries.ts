import { durationText } from './duration-text.ts';
import { onAbort } from './on-abort.ts';
import { RequestFailure, finalError } from './request-failure.ts';

export interface RetryPolicy {
  /** How often a request is sent at most, counting the first. */
  readonly tries: number;
  /** Milliseconds before the second try; twice as many before each further one. */
  readonly delay: number;
  /** Milliseconds that are waited at most, whatever the host asks for. */
  readonly longestDelay: number;
}

export const RETRY_POLICY: RetryPolicy = { tries: 4, delay: 500, longestDelay: 30_000 };

/**
 * Waits for the time of another try. Throws, when there shall be none, what the failure of the last means for the file at
 * `address`; and what `signal` says when it aborts.
 */
export async function waitForRetry(
  failure: unknown,
  tries: number,
  address: string,
  policy: RetryPolicy,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (!(failure instanceof RequestFailure)) throw failure;
  const { again, after = 0 } = failure;
  if (!again || tries >= policy.tries) throw finalError(failure, address, tries);
  if (after > policy.longestDelay) {
    const { code, message, hint, cause } = failure;
    const asked = `${message}, and asks to wait for ${durationText(after)}`;
    throw finalError(new RequestFailure({ code, message: asked, hint, cause }), address, tries);
  }
  // Many clients that failed at once do not come back at once.
  const backoff = policy.delay * 2 ** (tries - 1) * (0.5 + Math.random());
  await sleep(Math.min(Math.max(after, backoff), policy.longestDelay), signal);
  signal.throwIfAborted();
}

/** Resolves after so many milliseconds, or when the signal aborts. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    const forget = onAbort(signal, end);
  });
}
