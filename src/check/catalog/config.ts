import type { ConfigRules } from '../../model/rules/config-rules.ts';
import type { Catalog } from './entry.ts';
import { didYouMean, quoted, subject } from './words.ts';

export const CONFIG: Catalog<ConfigRules> = {
  'config/invalid-yaml': {
    title: 'registry.yaml is not valid YAML',
    severity: 'error',
    message: ({ reason }) => ({
      text: `registry.yaml is not valid YAML: ${reason}`,
      hint: 'Mend the line; indentation is spaces only.',
    }),
  },
  'config/schema': {
    title: 'registry.yaml does not fit its schema',
    severity: 'error',
    message: ({ pointer, expected }) => ({
      text: `${subject(pointer)} ${expected}`,
      hint: 'schemas/registry.schema.json says what registry.yaml may hold.',
    }),
  },
  'config/unknown-key': {
    title: 'Unknown key in registry.yaml',
    severity: 'warning',
    message: ({ key, suggestion }) => ({
      text: `registry.yaml has no key "${key}"`,
      hint: didYouMean(suggestion) ?? 'Remove it: nothing reads it.',
    }),
  },
  'config/unknown-rule': {
    title: 'registry.yaml sets a level for a rule that does not exist',
    severity: 'warning',
    message: ({ id, suggestion }) => ({
      text: `there is no rule ${quoted(id)}`,
      hint: didYouMean(suggestion) ?? 'docs/rules/README.md lists all rules; `packyard explain` prints one.',
    }),
  },
};
