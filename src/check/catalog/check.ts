import type { CheckRules } from '../../model/rules/check-rules.ts';
import type { Catalog } from './entry.ts';
import { didYouMean } from './words.ts';

export const CHECK: Catalog<CheckRules> = {
  'check/no-reason': {
    title: 'A suppression without a reason',
    severity: 'hint',
    message: ({ rule }) => ({
      text: `the suppression of ${rule} gives no reason`,
      hint: `Say why behind two dashes: packyard: allow ${rule} -- because ….`,
    }),
  },
  'check/unused-suppression': {
    title: 'A suppression of nothing',
    severity: 'hint',
    message: ({ rule, late }) =>
      late === undefined
        ? {
            text: `${rule} finds nothing here that is to be allowed`,
            hint: 'Remove the comment, or put it on the line of the finding or alone on the line above.',
          }
        : {
            text: `${rule} is not allowed by this: allow-file counts in the first ${late.limit} lines only`,
            hint: 'Move the comment to the top of the file.',
          },
  },
  'check/unknown-rule': {
    title: 'A suppression names no rule',
    severity: 'warning',
    message: ({ rule, suggestion }) =>
      rule === ''
        ? {
            text: 'the suppression names no rule',
            hint: 'Name what it allows by the id that the finding shows, such as image/no-tag.',
          }
        : {
            text: `there is no rule "${rule}"`,
            hint: didYouMean(suggestion) ?? 'Copy the id that the finding shows: docs/rules/README.md lists them all.',
          },
  },
};
