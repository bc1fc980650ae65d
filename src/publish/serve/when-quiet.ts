export interface QuietTimes {
  /** How long nothing may happen before the work begins; in milliseconds. */
  readonly quiet: number;
  /** How long it is put off at most. */
  readonly most: number;
}

/** Work that is done again whenever something happened. */
export interface QuietWork {
  /** Says that something happened. */
  poke(): void;
  /** Does nothing more; resolves when what is being done has ended. */
  close(): Promise<void>;
}

/** Does work once nothing happens any more, one at a time. What happens meanwhile is not lost. `work` never rejects. */
export function whenQuiet(work: () => Promise<void>, { quiet, most }: QuietTimes): QuietWork {
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  let running: Promise<void> | undefined;
  let busy = false;
  let closed = false;
  const run = (): void => {
    since = undefined;
    busy = true;
    running = work().finally(() => {
      busy = false;
      if (since !== undefined) schedule();
    });
  };
  const schedule = (): void => {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, Math.min(quiet, (since ?? 0) + most - Date.now())));
  };
  return {
    poke() {
      since ??= Date.now();
      if (!busy) schedule();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
