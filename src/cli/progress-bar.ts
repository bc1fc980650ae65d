import type { Terminal } from './terminal.ts';

const BAR = 24;
const LONGEST_LABEL = 40;

/**
 * Draws a bar in the place of the one before, in one line: what goes over into the next one could not be drawn over. The
 * label, safe to print, gets what is left of the line; where that is not enough for all else, there is no bar.
 */
export function drawBar(
  terminal: Terminal,
  { done, total }: { readonly done: number; readonly total: number },
  text: string,
  label: string,
): void {
  // In its last column some terminals begin the next line.
  const room = (terminal.columns?.() ?? Infinity) - 1;
  const filled = Math.round((BAR * done) / Math.max(1, total));
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} `;
  const head = beginning(BAR + 1 + text.length <= room ? `${bar}${text}` : text, room);
  const rest = beginning(label, Math.min(LONGEST_LABEL, room - head.length - 1));
  terminal.err(`\r\u001b[2K${head}${rest === '' ? '' : ` ${terminal.paintErr('dim', rest)}`}`);
}

/** Removes it, so that it is not in the way of what follows. */
export function eraseBar(terminal: Terminal): void {
  terminal.err('\r\u001b[2K');
}

/** What fits into that many columns for sure: what is no ASCII may take two. The blocks of a bar take one. */
function beginning(text: string, columns: number): string {
  let [end, left] = [0, columns];
  for (const character of text) {
    left -= /^[ -~█░]$/u.test(character) ? 1 : 2;
    if (left < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}
