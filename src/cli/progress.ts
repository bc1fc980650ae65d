import { escapeControl } from '../model/escape-control.ts';
import type { BuildProgress } from '../build/progress.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a command is; `end` removes what would be in the way of its result. */
export interface ProgressReporter {
  report(progress: BuildProgress): void;
  end(): void;
}

const NAMES = { packs: 'packs', write: 'files' } as const;
const BAR = 24;

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
      const filled = Math.round((BAR * done) / total);
      const line = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${done}/${total} ${NAMES[step]}`;
      terminal.err(`\r\u001b[2K${line} ${terminal.paintErr('dim', escapeControl(label).slice(0, 40))}`);
    },
    end() {
      if (shown) terminal.err('\r\u001b[2K');
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
