import { oneLine } from '../check/one-line.ts';
import { formatBytes } from '../model/format-bytes.ts';
import type { PublishEvent } from '../publish/publish-options.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a publishing is; `end` removes what would be in the way of its result. */
export interface PublishProgress {
  report(event: PublishEvent): void;
  end(): void;
}

const BAR = 24;

/** Bytes below which a log says nothing before the result. */
const WORTH_A_LINE = 4 * 1024 * 1024;

/** A bar on a terminal, over files and then over links; elsewhere a line at each quarter of the files. */
export function publishProgress(terminal: Terminal): PublishProgress {
  let last = '';
  let shown = false;
  const end = (): void => {
    if (shown) terminal.err('\r\u001b[2K');
    shown = false;
  };
  const draw = (kind: string, done: number, total: number, text: string, label: string): void => {
    const percent = `${kind} ${Math.floor((100 * done) / total)}`;
    // One drawing a percent is as much as an eye can follow.
    if (percent === last) return;
    last = percent;
    shown = true;
    const filled = Math.round((BAR * done) / Math.max(1, total));
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${done}/${total} ${text}`;
    terminal.err(`\r\u001b[2K${bar} ${terminal.paintErr('dim', oneLine(label).slice(0, 40))}`);
  };
  return {
    report(event) {
      if (event.kind === 'warning') {
        end();
        printWarning(event.warning, terminal);
      } else if (event.kind === 'conflict') {
        end();
        terminal.err(`${conflictText(event.serial)}\n`);
      } else if (event.kind === 'uploaded') {
        const { done, total, bytes, totalBytes, path } = event;
        if (terminal.interactive) draw('files', done, total, `files, ${formatBytes(bytes)}`, path);
        else if (totalBytes >= WORTH_A_LINE && isQuarter(done, total)) terminal.err(`files: ${done}/${total}\n`);
      } else if (event.kind === 'probed' && terminal.interactive) {
        draw('links', event.done, event.total, 'links', event.path);
      }
    },
    end,
  };
}

function conflictText(serial: number | undefined): string {
  const live = serial === undefined ? '' : ` (serial ${serial} is live)`;
  return `Another publisher was faster${live}: looking again.`;
}

function isQuarter(done: number, total: number): boolean {
  return Math.floor((4 * done) / total) !== Math.floor((4 * (done - 1)) / total);
}
