/** Where results go, as far as their form depends on it. */
export interface Output {
  /** True when a person looks at it. */
  readonly isTerminal: boolean;
  /** Columns that a line may take; undefined when nothing bounds it. */
  readonly width: number | undefined;
}

const [NARROWEST, WIDEST] = [20, 1000];

/** Standard output: as wide as the terminal, or as `COLUMNS` says. */
export function standardOutput(
  { COLUMNS }: NodeJS.ProcessEnv = process.env,
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number } = process.stdout,
): Output {
  const told = /^\d{1,4}$/u.test(COLUMNS ?? '') ? Number(COLUMNS) : 0;
  const width = told > 0 ? told : columns;
  const bounded = width === undefined || width === 0 ? undefined : Math.min(Math.max(width, NARROWEST), WIDEST);
  return { isTerminal: isTTY === true, width: bounded };
}
