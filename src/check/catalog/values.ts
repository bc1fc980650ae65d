import { formatBytes } from '../../model/format-bytes.ts';
import type { ValuesRules } from '../../model/rules/values-rules.ts';
import type { Catalog } from './entry.ts';

export const VALUES: Catalog<ValuesRules> = {
  'values/missing': {
    title: 'values.yaml is missing',
    severity: 'error',
    message: () => ({
      text: 'the pack has no values.yaml',
      hint: 'Add one; it may be empty.',
    }),
  },
  'values/too-large': {
    title: 'values.yaml is too large',
    severity: 'error',
    message: ({ limit }) => ({
      text: `values.yaml is larger than ${formatBytes(limit)}`,
      hint: 'Keep only what differs from the defaults of the charts.',
    }),
  },
  'values/not-utf8': {
    title: 'values.yaml is not UTF-8',
    severity: 'error',
    message: ({ offset }) => ({
      text: `values.yaml is not UTF-8: byte ${offset} belongs to no character`,
      hint: 'Save it as UTF-8.',
    }),
  },
  'values/invalid-yaml': {
    title: 'values.yaml is not valid YAML',
    severity: 'error',
    message: ({ reason }) => ({
      text: `values.yaml is not valid YAML: ${reason}`,
      hint: 'Mend the line; indentation is spaces only, and a value that begins with {{ must be quoted.',
    }),
  },
  'values/too-many-nodes': {
    title: 'values.yaml expands without bound',
    severity: 'error',
    message: ({ limit }) => ({
      text: `values.yaml grows to more than ${limit} values when its aliases are expanded`,
      hint: 'Write the values out, or use fewer aliases of aliases.',
    }),
  },
  'values/self-reference': {
    title: 'An alias stands inside what it names',
    severity: 'error',
    message: ({ anchor }) => ({
      text: `the alias "*${anchor}" stands inside the very value that it names`,
      hint: 'An alias can only repeat a value that is already complete.',
    }),
  },
  'values/not-a-mapping': {
    title: 'values.yaml holds no mapping',
    severity: 'error',
    message: ({ found }) => ({
      text: `values.yaml holds ${found} where a mapping is wanted`,
      hint: 'Write keys and values, such as "pack:" and "charts:".',
    }),
  },
};
