import type { HistoryRules } from '../../../src/model/rules/history-rules.ts';
import type { Cases } from './case.ts';

export const HISTORY: Cases<HistoryRules> = {
  'history/shallow': [
    {
      args: {},
      text: 'the clone is shallow: when releases first landed, and the serial, cannot be known from it',
      hint: 'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout.',
    },
  ],
};
