import { expect, test } from 'vitest';

import type { CheckReport } from '../../../src/check/check-report.ts';
import { summaryOf } from '../../../src/check/reporters/summary.ts';
import { reportOf, THREE } from './reports.ts';

const [error, warning, hint] = THREE;
if (error === undefined || warning === undefined || hint === undefined) throw new Error('three findings are needed');
const safe = { ...error, fix: 'safe' } as const;
const unsafe = { ...error, fix: 'unsafe' } as const;

test.each<[string, CheckReport]>([
  ['There are no packs to check.', reportOf([], { packs: 0 })],
  ['1 pack checked: all is well.', reportOf([], { packs: 1 })],
  ['2 packs checked: all is well. 1 suppressed.', reportOf([], { suppressed: 1 })],
  ['2 packs checked: all is well. 3 suppressed, 4 in the baseline.', reportOf([], { suppressed: 3, baselined: 4 })],
  ['1 error in 1 pack.', reportOf([error], { packs: 1 })],
  ['2 errors, 2 hints in 2 packs.', reportOf([error, hint, error, hint])],
  ['1 warning in 2 packs. 1 fixable with --fix.', reportOf([warning])],
  ['1 error in 2 packs. 1 fixable with --fix --unsafe.', reportOf([unsafe])],
  ['3 errors in 2 packs. 1 fixable with --fix, 2 more with --fix --unsafe.', reportOf([safe, unsafe, unsafe])],
  [
    '2 packs checked: all is well. 2 entries of the baseline are stale: packyard check --update-baseline drops what is gone.',
    reportOf([], {
      stale: [
        { rule: 'a', file: 'b' },
        { rule: 'a', file: 'c' },
      ],
    }),
  ],
])('%s', (line, report) => {
  expect(summaryOf(report)).toBe(line);
});
