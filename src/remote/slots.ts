/** Lets so many through at once; others wait in the order in which they came. */
export interface Slots {
  /** Waits for a slot; resolves with what gives it back. */
  take(): Promise<() => void>;
}

export function slots(width: number): Slots {
  let free = width;
  const waiting: (() => void)[] = [];
  const giveBack = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let held = true;
      return () => {
        if (held) giveBack();
        held = false;
      };
    },
  };
}
