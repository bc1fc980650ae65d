import type { Severity } from '../../model/finding.ts';
import type { CheckReport } from '../check-report.ts';

/** How many there are of everything that a report speaks of. */
export interface Counts {
  readonly packs: number;
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
  /** Repaired by `--fix`. */
  readonly fixable: number;
  /** Repaired by `--fix --unsafe` only. */
  readonly fixableUnsafe: number;
  readonly suppressed: number;
  readonly baselined: number;
  readonly stale: number;
}

export function countsOf({ findings, packs, suppressed, baselined, stale }: CheckReport): Counts {
  const severity = (one: Severity): number => findings.filter((finding) => finding.severity === one).length;
  const fix = (one: 'safe' | 'unsafe'): number => findings.filter((finding) => finding.fix === one).length;
  return {
    packs,
    errors: severity('error'),
    warnings: severity('warning'),
    hints: severity('hint'),
    fixable: fix('safe'),
    fixableUnsafe: fix('unsafe'),
    suppressed,
    baselined,
    stale: stale.length,
  };
}
