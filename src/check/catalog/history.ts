import type { HistoryRules } from '../../model/rules/history-rules.ts';
import type { Catalog } from './entry.ts';

export const HISTORY: Catalog<HistoryRules> = {
  'history/shallow': {
    title: 'The clone is shallow',
    severity: 'warning',
    message: () => ({
      text: 'the clone is shallow: when releases first landed, and the serial, cannot be known from it',
      hint: 'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout.',
    }),
  },
};
