const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

/**
 * Resolves when somebody asks the process to end, which it then does by itself; asked once more, it ends at once. Takes
 * the place of what else would end it.
 */
export async function untilStopped(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const [signal, status] of SIGNALS) {
      process.removeAllListeners(signal);
      process.once(signal, () => {
        process.on(signal, () => process.exit(status));
        resolve();
      });
    }
  });
}
