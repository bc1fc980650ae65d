import type { CheckReport } from '../check-report.ts';
import { countsOf, type Counts } from './counts.ts';

/** What a check came to, in one line without anything from a pack. */
export function summaryOf(report: CheckReport): string {
  const counts = countsOf(report);
  return [found(counts), ...fixable(counts), ...leftOut(counts), ...stale(counts)].join(' ');
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function found({ packs, errors, warnings, hints }: Counts): string {
  const parts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(hints > 0 ? [plural(hints, 'hint')] : []),
  ];
  if (parts.length > 0) return `${parts.join(', ')} in ${plural(packs, 'pack')}.`;
  return packs === 0 ? 'There are no packs to check.' : `${plural(packs, 'pack')} checked: all is well.`;
}

function fixable({ fixable: safe, fixableUnsafe: unsafe }: Counts): string[] {
  if (safe === 0) return unsafe === 0 ? [] : [`${unsafe} fixable with --fix --unsafe.`];
  return [`${safe} fixable with --fix${unsafe === 0 ? '' : `, ${unsafe} more with --fix --unsafe`}.`];
}

function leftOut({ suppressed, baselined }: Counts): string[] {
  const parts = [
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join(', ')}.`];
}

function stale({ stale: count }: Counts): string[] {
  if (count === 0) return [];
  const entries = count === 1 ? '1 entry of the baseline is' : `${count} entries of the baseline are`;
  return [`${entries} stale: packyard check --update-baseline drops what is gone.`];
}
