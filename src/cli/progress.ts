import { escapeControl } from '../model/escape-control.ts';
import type { BuildProgress } from '../build/progress.ts';
import { drawBar, eraseBar } from './progress-bar.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a command is; `end` removes what would be in the way of its result. */
export interface ProgressReporter {
  report(progress: BuildProgress): void;
  end(): void;
}

const NAMES = { packs: 'packs', write: 'files' } as const;

/** A bar that is drawn again on a terminal; elsewhere a line at each quarter, so that a log stays short. */
export function progressReporter(terminal: Terminal): ProgressReporter {
  return terminal.interactive ? bar(terminal) : lines(terminal);
}

export const silentProgress: ProgressReporter = { report: () => undefined, end: () => undefined };

function bar(terminal: Terminal): ProgressReporter {
  let shown = false;
  let last = '';
  return {
    report({ step, done, total, label }) {
      // One drawing a percent is as much as an eye can follow.
      const percent = `${step} ${Math.floor((100 * done) / total)}`;
      if (percent === last) return;
      last = percent;
      shown = true;
      drawBar(terminal, { done, total }, `${done}/${total} ${NAMES[step]}`, escapeControl(label));
    },
    end() {
      if (shown) eraseBar(terminal);
    },
  };
}

function lines(terminal: Terminal): ProgressReporter {
  return {
    report({ step, done, total }) {
      const quarter = Math.floor((4 * done) / total);
      if (quarter === Math.floor((4 * (done - 1)) / total)) return;
      terminal.err(`${NAMES[step]}: ${done}/${total}\n`);
    },
    end: () => undefined,
  };
}
