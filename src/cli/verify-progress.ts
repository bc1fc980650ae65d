import { oneLine } from '../check/one-line.ts';
import type { VerifyProgress } from '../client/verify/verify-progress.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { drawBar, eraseBar } from './progress-bar.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a verification is; `end` removes what would be in the way of its result. */
export interface VerifyProgressReporter {
  report(progress: VerifyProgress): void;
  end(): void;
}

export const silentVerifyProgress: VerifyProgressReporter = { report: () => undefined, end: () => undefined };

/** Below that, a log says nothing before the result. */
const WORTH_A_LINE = 1000;

/** A bar on a terminal; elsewhere a line at each quarter of what takes its time. */
export function verifyProgress(terminal: Terminal, unit: 'releases' | 'files'): VerifyProgressReporter {
  let last = -1;
  let shown = false;
  return {
    report({ done, total, label, bytes }) {
      const steps = terminal.interactive ? 100 : 4;
      const step = Math.floor((steps * done) / total);
      if (step === last) return;
      last = step;
      const text = `${done}/${total} ${unit}, ${formatBytes(bytes)}`;
      if (terminal.interactive) {
        shown = true;
        drawBar(terminal, { done, total }, text, oneLine(label));
      } else if (step > 0 && total >= WORTH_A_LINE) terminal.err(`verified: ${text}\n`);
    },
    end() {
      if (shown) eraseBar(terminal);
    },
  };
}
