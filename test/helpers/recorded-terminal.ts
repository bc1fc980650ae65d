import { painter, type Terminal } from '../../src/cli/terminal.ts';

export interface RecordedTerminal extends Terminal {
  /** What was printed so far. */
  readonly printed: { out: string; err: string };
}

/** A terminal that keeps what is printed. */
export function recordedTerminal(
  options: { readonly interactive?: boolean; readonly colour?: boolean } = {},
): RecordedTerminal {
  const { interactive = false, colour = false } = options;
  const printed = { out: '', err: '' };
  return {
    printed,
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    paintOut: painter(colour),
    paintErr: painter(colour),
    interactive,
    links: false,
  };
}
