import type { ReadmeRules } from '../../../src/model/rules/readme-rules.ts';
import type { Cases } from './case.ts';

const FULL = 'Write a full address with https://, or a path from README.md to a file that is shipped with the pack.';

export const README: Cases<ReadmeRules> = {
  'readme/missing': [
    {
      args: {},
      text: 'the pack has no README.md',
      hint: 'Write one that says what the pack installs, what it needs, and which values matter.',
    },
  ],
  'readme/empty': [
    {
      args: {},
      text: 'README.md is empty',
      hint: 'Say in it what the pack installs, what it needs, and which values matter.',
    },
  ],
  'readme/broken-link': [
    {
      args: { target: 'LICENSE', outside: false },
      text: 'the link "LICENSE" leads to no file of the pack',
      hint: FULL,
    },
    {
      args: { target: '../other/README.md', outside: true },
      text: 'the link "../other/README.md" leads out of the pack',
      hint: FULL,
    },
    {
      args: { target: 'value.yaml', outside: false, suggestion: 'values.yaml' },
      text: 'the link "value.yaml" leads to no file of the pack',
      hint: 'Did you mean "values.yaml"?',
    },
  ],
};
