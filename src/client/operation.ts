/**
 * Work that was begun: a promise of its result, and an iteration over what happens meanwhile. Who iterates late gets
 * everything from the start; who does not iterate misses nothing but events. Leaving the loop early stops the work, and
 * the loop ends when it has wound down; the promise then rejects with `OperationAbandoned`.
 */
export interface Operation<Event, Result> extends Promise<Result>, AsyncIterable<Event> {}

/** The reason for which work ends whose loop was left. */
export class OperationAbandoned extends Error {
  constructor() {
    super('The loop over its events was left before it was done.');
    this.name = 'AbortError';
  }
}

export interface OperationOptions<Event> {
  /** Stops the work. */
  readonly signal?: AbortSignal;
  /** Called with each event, before who iterates gets it. What it throws ends the work. */
  readonly onEvent?: (event: Event) => void;
}

/** Begins work, which gets a way to say what happens, and a signal that tells it to stop. */
export function startOperation<Event, Result>(
  work: (emit: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
  { signal, onEvent }: OperationOptions<Event> = {},
): Operation<Event, Result> {
  const abandoned = new AbortController();
  const log = eventLog<Event>();
  const both = signal === undefined ? abandoned.signal : AbortSignal.any([signal, abandoned.signal]);
  const result = run().finally(log.end);
  return Object.assign(result, {
    [Symbol.asyncIterator]: () => iterate(log, result, () => abandoned.abort(new OperationAbandoned())),
  });

  async function run(): Promise<Result> {
    both.throwIfAborted();
    const emit = (event: Event): void => {
      onEvent?.(event);
      log.add(event);
    };
    return work(emit, both);
  }
}

async function* iterate<Event>(
  log: EventLog<Event>,
  result: Promise<unknown>,
  abandon: () => void,
): AsyncGenerator<Event> {
  // Whoever iterates is told of a failure here.
  result.catch(() => undefined);
  let isLeft = true;
  try {
    yield* log.events();
    isLeft = false;
    await result;
  } finally {
    if (isLeft) {
      abandon();
      await result.catch(() => undefined);
    }
  }
}

interface EventLog<Event> {
  add(event: Event): void;
  end(): void;
  /** All of them from the first on, until there are no more. */
  events(): AsyncGenerator<Event>;
}

function eventLog<Event>(): EventLog<Event> {
  const log: Event[] = [];
  let waiting: (() => void)[] = [];
  let ended = false;
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const each of woken) each();
  };
  return {
    add(event) {
      log.push(event);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *events() {
      for (let next = 0; next < log.length || !ended;) {
        if (next < log.length) yield log[next++] as Event;
        else await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
