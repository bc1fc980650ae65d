import type { PlannedPack, PullEvent } from '../client/pull/pull-plan.ts';
import { oneLine } from '../check/one-line.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { drawBar, eraseBar } from './progress-bar.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a pull is; `end` removes what would be in the way of its result. */
export interface PullProgress {
  report(event: PullEvent): void;
  end(): void;
}

export const silentPullProgress: PullProgress = { report: () => undefined, end: () => undefined };

/** Bytes below which a log says nothing before the result. */
const WORTH_A_LINE = 4 * 1024 * 1024;

/** A bar over all bytes on a terminal; elsewhere a line at each quarter of what takes its time. */
export function pullProgress(terminal: Terminal): PullProgress {
  const tally = byteTally();
  let last = -1;
  let shown = false;
  const draw = terminal.interactive
    ? ({ done, total }: Bytes, label: string): void => {
        const percent = Math.floor((100 * done) / total);
        if (percent === last) return;
        last = percent;
        shown = true;
        drawBar(terminal, { done, total }, `${formatBytes(done)} of ${formatBytes(total)}`, oneLine(label));
      }
    : ({ done, total }: Bytes): void => {
        const quarter = Math.floor((4 * done) / total);
        if (total < WORTH_A_LINE || quarter <= last) return;
        if (quarter > 0) terminal.err(`fetched: ${formatBytes(done)} of ${formatBytes(total)}\n`);
        last = quarter;
      };
  return {
    report(event) {
      const label = tally.add(event);
      if (label !== undefined && tally.bytes.total > 0) draw(tally.bytes, label);
    },
    end() {
      if (shown) eraseBar(terminal);
    },
  };
}

interface Bytes {
  readonly done: number;
  readonly total: number;
}

/** Adds up what is there of all archives; one that is whole, or failed, counts with all of its bytes. */
function byteTally(): { readonly bytes: Bytes; add(event: PullEvent): string | undefined } {
  const received = new Map<string, number>();
  const sizes = new Map<string, number>();
  const bytes = { done: 0, total: 0 };
  const count = (key: string, now: number): void => {
    const next = Math.min(now, sizes.get(key) ?? 0);
    bytes.done += next - (received.get(key) ?? 0);
    received.set(key, next);
  };
  return {
    bytes,
    add(event) {
      switch (event.kind) {
        case 'planned':
          for (const pack of event.plan.packs) {
            sizes.set(keyOf(pack.references), pack.release.artifact.size);
            bytes.total += pack.release.artifact.size;
          }
          return undefined;
        case 'received':
          count(keyOf(event.pack.references), event.received);
          return labelOf(event.pack);
        case 'pulled':
          count(keyOf(event.pack.references), event.pack.size);
          return labelOf({ name: event.pack.name, release: event.pack });
        case 'failed':
          count(keyOf(event.failure.references), Infinity);
          return event.failure.references[0];
        default:
          return undefined;
      }
    },
  };
}

function keyOf(references: readonly string[]): string {
  return references.join(' ');
}

function labelOf({ name, release }: Pick<PlannedPack, 'name'> & { release: { version: string } }): string {
  return `${name} ${release.version}`;
}
