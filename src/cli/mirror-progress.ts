import { oneLine } from '../check/one-line.ts';
import type { MirrorEvent } from '../client/mirror/mirror-options.ts';
import type { MirrorPlan } from '../client/mirror/mirror-plan.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { drawBar, eraseBar } from './progress-bar.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a mirror is; `end` removes what would be in the way of its result. */
export interface MirrorProgress {
  report(event: MirrorEvent): void;
  end(): void;
}

export const silentMirrorProgress: MirrorProgress = { report: () => undefined, end: () => undefined };

const RESTARTED = 'The registry was published anew meanwhile: starting over; what is fetched already stays.\n';

/** Bytes below which a log says nothing before the result. */
const WORTH_A_LINE = 4 * 1024 * 1024;

/** A bar on a terminal, over documents and then over files; elsewhere a line at each quarter of the files. */
export function mirrorProgress(terminal: Terminal): MirrorProgress {
  return terminal.interactive ? bar(terminal) : lines(terminal);
}

function bar(terminal: Terminal): MirrorProgress {
  let files = { done: 0, total: 0, label: '' };
  let [received, last, shown] = [0, '', false];
  const draw = (done: number, total: number, text: string, label: string): void => {
    drawBar(terminal, { done, total }, `${done}/${total} ${text}`, oneLine(label));
    shown = true;
  };
  const drawFiles = (): void => {
    draw(files.done, files.total, received === 0 ? 'files' : `files, ${formatBytes(received)}`, files.label);
  };
  /** One drawing a percent is as much as an eye can follow. */
  const isNews = (step: string, done: number, total: number): boolean => {
    const percent = `${step} ${Math.floor((100 * done) / total)}`;
    const news = percent !== last;
    last = percent;
    return news;
  };
  const end = (): void => {
    if (shown) eraseBar(terminal);
    shown = false;
  };
  return {
    report(event) {
      if (event.kind === 'documents') {
        const { done, total, name } = event;
        if (isNews(event.kind, done, total)) draw(done, total, 'packs', name);
      } else if (event.kind === 'planned') {
        files = { done: 0, total: event.plan.write.length, label: '' };
        received = 0;
      } else if (event.kind === 'file') {
        files = { done: event.done, total: event.total, label: event.path };
        if (isNews(event.kind, event.done, event.total)) drawFiles();
      } else if (event.kind === 'received') {
        received = event.bytes;
        drawFiles();
      } else if (event.kind === 'restarted') {
        end();
        terminal.err(RESTARTED);
      }
    },
    end,
  };
}

function lines(terminal: Terminal): MirrorProgress {
  let worthALine = false;
  return {
    report(event) {
      if (event.kind === 'restarted') terminal.err(RESTARTED);
      if (event.kind === 'planned') worthALine = knownBytes(event.plan) >= WORTH_A_LINE;
      if (event.kind !== 'file' || !worthALine) return;
      const { done, total } = event;
      const quarter = Math.floor((4 * done) / total);
      if (quarter !== Math.floor((4 * (done - 1)) / total)) terminal.err(`files: ${done}/${total}\n`);
    },
    end: () => undefined,
  };
}

function knownBytes({ write }: MirrorPlan): number {
  return write.reduce((sum, { file: { size = 0 } }) => sum + size, 0);
}
