import type { ReadmeRules } from '../../model/rules/readme-rules.ts';
import type { Catalog } from './entry.ts';
import { didYouMean, quoted } from './words.ts';

export const README: Catalog<ReadmeRules> = {
  'readme/missing': {
    title: 'A pack without README.md',
    severity: 'hint',
    message: () => ({
      text: 'the pack has no README.md',
      hint: 'Write one that says what the pack installs, what it needs, and which values matter.',
    }),
  },
  'readme/empty': {
    title: 'README.md says nothing',
    severity: 'warning',
    message: () => ({
      text: 'README.md is empty',
      hint: 'Say in it what the pack installs, what it needs, and which values matter.',
    }),
  },
  'readme/broken-link': {
    title: 'A link in README.md leads nowhere',
    severity: 'warning',
    message: ({ target, outside, suggestion }) => ({
      text: outside
        ? `the link ${quoted(target)} leads out of the pack`
        : `the link ${quoted(target)} leads to no file of the pack`,
      hint:
        didYouMean(suggestion) ??
        'Write a full address with https://, or a path from README.md to a file that is shipped with the pack.',
    }),
  },
};
