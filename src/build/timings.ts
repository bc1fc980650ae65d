/** Where the time of a build went, by step. Steps that run side by side add up to more than passed on the clock. */
export interface Timings {
  measure<T>(step: string, work: () => Promise<T>): Promise<T>;
  /** Milliseconds by step, in the order in which the steps began. */
  readonly steps: ReadonlyMap<string, number>;
  /** Milliseconds since the start. */
  elapsed(): number;
}

/** `now` gives milliseconds from any start. */
export function startTimings(now: () => number = () => performance.now()): Timings {
  const steps = new Map<string, number>();
  const started = now();
  return {
    steps,
    elapsed: () => now() - started,
    async measure(step, work) {
      const start = now();
      if (!steps.has(step)) steps.set(step, 0);
      try {
        return await work();
      } finally {
        steps.set(step, (steps.get(step) ?? 0) + now() - start);
      }
    },
  };
}
