import { connectionFailure } from './connection-failure.ts';
import { inTime } from './in-time.ts';
import { RequestFailure } from './request-failure.ts';

export interface Pace {
  /** Milliseconds of waiting after which it is looked at how much came. */
  readonly patience: number;
  /** Bytes per second of waiting; what comes slower counts as stalled. */
  readonly slowest: number;
}

/**
 * The bytes of an answer as they come. Only the time that is spent waiting for them counts, not that of who takes them.
 * Throws `RequestFailure` when they stop coming before their end.
 */
export async function* httpBody(
  body: ReadableStream<Uint8Array>,
  { patience, slowest }: Pace,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let waited = 0;
  let received = 0;
  let total = 0;
  let next = reader.read();
  for (;;) {
    const began = performance.now();
    const result = await inTime(next, patience - waited).catch((error: unknown) => {
      signal.throwIfAborted();
      throw brokenOff(error, total);
    });
    if (result?.done === true) return;
    const length = result?.value.byteLength ?? 0;
    waited += performance.now() - began;
    received += length;
    total += length;
    if (result === undefined || waited >= patience) {
      if (received < (slowest * patience) / 1000) throw stalled(total, patience);
      waited = 0;
      received = 0;
    }
    if (result === undefined) continue;
    yield result.value;
    next = reader.read();
  }
}

function brokenOff(error: unknown, total: number): RequestFailure {
  const { code, message, hint, again, cause } = connectionFailure(error);
  const shown = message.replace('cannot be reached:', `was not received whole: after ${total} bytes`);
  return new RequestFailure({ code, message: shown, hint, again, cause });
}

function stalled(total: number, patience: number): RequestFailure {
  return new RequestFailure({
    message: `was not received whole: after ${total} bytes hardly any came for ${patience / 1000} s`,
    hint: 'Check the network, or try again later.',
    again: true,
  });
}
