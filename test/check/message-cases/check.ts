import type { CheckRules } from '../../../src/model/rules/check-rules.ts';
import type { Cases } from './case.ts';

export const CHECK: Cases<CheckRules> = {
  'check/no-reason': [
    {
      args: { rule: 'file/symlink' },
      text: 'the suppression of file/symlink gives no reason',
      hint: 'Say why behind two dashes: packyard: allow file/symlink -- because ….',
    },
  ],
  'check/unused-suppression': [
    {
      args: { rule: 'file/symlink' },
      text: 'file/symlink finds nothing here that is to be allowed',
      hint: 'Remove the comment, or put it on the line of the finding or alone on the line above.',
    },
    {
      args: { rule: 'file/symlink', late: { limit: 20 } },
      text: 'file/symlink is not allowed by this: allow-file counts in the first 20 lines only',
      hint: 'Move the comment to the top of the file.',
    },
  ],
  'check/unknown-rule': [
    {
      args: { rule: 'file/symlnk', suggestion: 'file/symlink' },
      text: 'there is no rule "file/symlnk"',
      hint: 'Did you mean "file/symlink"?',
    },
    {
      args: { rule: 'no-such-thing' },
      text: 'there is no rule "no-such-thing"',
      hint: 'Copy the id that the finding shows: docs/rules/README.md lists them all.',
    },
    {
      args: { rule: '' },
      text: 'the suppression names no rule',
      hint: 'Name what it allows by the id that the finding shows, such as image/no-tag.',
    },
  ],
};
