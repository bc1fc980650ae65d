import { styleText } from 'node:util';

import type { Paint } from '../check/format-finding.ts';

/** Where a command prints: results to `out`, everything else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly paintOut: Paint;
  readonly paintErr: Paint;
  /** True when `out` is a terminal that shows links. */
  readonly links: boolean;
  /** True when `err` is a terminal on which a line can be drawn again. */
  readonly interactive: boolean;
  /** Columns of `err` at this moment, where it is a terminal that knows. */
  columns?(): number | undefined;
}

/** The process's own streams. Colour only on a terminal, and as `NO_COLOR` and `FORCE_COLOR` say. */
export function processTerminal(environment: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdout, stderr } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    paintOut: painter(wantsColour(stdout.isTTY, environment)),
    paintErr: painter(wantsColour(stderr.isTTY, environment)),
    links: wantsColour(stdout.isTTY, environment) && showsLinks(environment),
    columns: () => (stderr.columns > 0 ? stderr.columns : undefined),
    interactive: stderr.isTTY && environment['TERM'] !== 'dumb' && environment['CI'] === undefined,
  };
}

export function wantsColour(isTerminal: boolean, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}

/** By the variables that terminals with hyperlinks (OSC 8) set; in all others they would be noise. */
export function showsLinks({
  TERM_PROGRAM,
  VTE_VERSION,
  WT_SESSION,
  KITTY_WINDOW_ID,
  TERM,
  CI,
}: NodeJS.ProcessEnv): boolean {
  if (CI !== undefined) return false;
  if (Number(VTE_VERSION) >= 5000 || WT_SESSION !== undefined || KITTY_WINDOW_ID !== undefined) return true;
  return (
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty'].includes(TERM_PROGRAM ?? '') || /alacritty|foot/u.test(TERM ?? '')
  );
}

export function painter(colour: boolean): Paint {
  // The stream was looked at already: `styleText` must not look at standard output again.
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
