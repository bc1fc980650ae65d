/** Lets one at a time through, in the order in which they came. */
export interface Turns {
  /** Waits for its turn; resolves with what gives it back. */
  take(): Promise<() => void>;
}

export function turns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      const before = last;
      let giveBack: () => void = () => undefined;
      last = new Promise((resolve) => (giveBack = resolve));
      await before;
      return giveBack;
    },
  };
}
