import type { ConfigRules } from '../../../src/model/rules/config-rules.ts';
import type { Cases } from './case.ts';

export const CONFIG: Cases<ConfigRules> = {
  'config/invalid-yaml': [
    {
      args: { reason: 'bad indentation' },
      text: 'registry.yaml is not valid YAML: bad indentation',
      hint: 'Mend the line; indentation is spaces only.',
    },
  ],
  'config/schema': [
    {
      args: { pointer: '/logos/sizes/0', expected: 'must be >= 16' },
      text: '"logos.sizes.0" must be >= 16',
      hint: 'schemas/registry.schema.json says what registry.yaml may hold.',
    },
  ],
  'config/unknown-key': [
    {
      args: { key: 'pack', suggestion: 'packs' },
      text: 'registry.yaml has no key "pack"',
      hint: 'Did you mean "packs"?',
    },
    { args: { key: 'x' }, text: 'registry.yaml has no key "x"', hint: 'Remove it: nothing reads it.' },
  ],
  'config/unknown-rule': [
    {
      args: { id: 'readme/mising', suggestion: 'readme/missing' },
      text: 'there is no rule "readme/mising"',
      hint: 'Did you mean "readme/missing"?',
    },
    {
      args: { id: 'x' },
      text: 'there is no rule "x"',
      hint: 'docs/rules/README.md lists all rules; `packyard explain` prints one.',
    },
  ],
};
