import type { HistoryRules } from '../../../src/model/rules/history-rules.ts';
import type { Cases } from './case.ts';

const SHALLOW =
  'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout. Or name what is published with --previous: what stands there is taken from there.';
const CHANGED = 'The newest content is published. A version must stay as it is: give each change a version of its own.';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const AT = '2024-01-02T12:00:00Z';
const SKIPPED = { name: 'demo', version: '1.0.0', directory: 'packs/demo', commit: COMMIT, at: AT };

export const HISTORY: Cases<HistoryRules> = {
  'history/shallow': [
    {
      args: {},
      text: 'the clone is shallow: when releases first landed, and the serial, cannot be known from it',
      hint: SHALLOW,
    },
    {
      args: { landings: 0 },
      text: 'the clone is shallow: the serial cannot be known from it',
      hint: SHALLOW,
    },
    {
      args: { landings: 1 },
      text: 'the clone is shallow: when one release first landed, and the serial, cannot be known from it',
      hint: SHALLOW,
    },
    {
      args: { landings: 12, history: 'all' },
      text: 'the clone is shallow: when 12 releases first landed, which releases there were before, and the serial, cannot be known from it',
      hint: SHALLOW,
    },
    {
      args: { landings: 0, history: 'all' },
      text: 'the clone is shallow: which releases there were before, and the serial, cannot be known from it',
      hint: SHALLOW,
    },
  ],
  'history/changed-release': [
    {
      args: {
        name: 'demo',
        version: '1.0.0',
        changes: [{ commit: COMMIT, at: AT, files: ['changed values.yaml'], more: 0 }],
        more: 0,
      },
      text: 'demo 1.0.0 is not what it was: 0123456789ab (2024-01-02) changed values.yaml',
      hint: CHANGED,
    },
    {
      args: {
        name: 'demo',
        version: '1.0.0',
        changes: [
          { commit: COMMIT, at: AT, files: ['added a', 'changed b', 'removed c', 'changed d'], more: 2 },
          { commit: COMMIT, at: AT, files: ['changed b'], more: 0 },
        ],
        more: 1,
      },
      text: 'demo 1.0.0 is not what it was: 0123456789ab (2024-01-02) added a, changed b, removed c and 3 more; 0123456789ab (2024-01-02) changed b; and 1 more commit',
      hint: CHANGED,
    },
    {
      args: {
        name: 'demo',
        version: '1.0.0',
        changes: [{ commit: COMMIT, at: AT, files: ['changed b'], more: 0 }],
        more: 2,
      },
      text: 'demo 1.0.0 is not what it was: 0123456789ab (2024-01-02) changed b; and 2 more commits',
      hint: CHANGED,
    },
  ],
  'history/skipped-release': [
    {
      args: { ...SKIPPED, rule: 'pack/invalid-json', reason: 'it is no JSON', lost: true },
      text: 'demo 1.0.0 is left out of "packs/demo" as it was in 0123456789ab (2024-01-02): it is no JSON',
      hint: 'The history has no other content of it. If it is still needed, bring it back under a version of its own.',
    },
    {
      args: { ...SKIPPED, lost: false },
      text: 'demo 1.0.0 is left out of "packs/demo" as it was in 0123456789ab (2024-01-02)',
      hint: 'Older content of it is published instead.',
    },
    {
      args: { directory: 'packs/demo', commit: COMMIT, at: AT, lost: true },
      text: '"packs/demo" as it was in 0123456789ab (2024-01-02) is no release: its pack.json does not say which',
      hint: 'Nothing is to be done: the past stays as it is.',
    },
  ],
};
