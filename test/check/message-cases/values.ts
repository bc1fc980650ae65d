import type { ValuesRules } from '../../../src/model/rules/values-rules.ts';
import type { Cases } from './case.ts';

const SAVE_AS_UTF8 = 'Save it as UTF-8.';

export const VALUES: Cases<ValuesRules> = {
  'values/missing': [{ args: {}, text: 'the pack has no values.yaml', hint: 'Add one; it may be empty.' }],
  'values/too-large': [
    {
      args: { limit: 8_388_608 },
      text: 'values.yaml is larger than 8 MiB',
      hint: 'Keep only what differs from the defaults of the charts.',
    },
  ],
  'values/not-utf8': [
    { args: { offset: 0 }, text: 'values.yaml is not UTF-8: byte 0 belongs to no character', hint: SAVE_AS_UTF8 },
  ],
  'values/invalid-yaml': [
    {
      args: { reason: 'missing colon' },
      text: 'values.yaml is not valid YAML: missing colon',
      hint: 'Mend the line; indentation is spaces only, and a value that begins with {{ must be quoted.',
    },
  ],
  'values/too-many-nodes': [
    {
      args: { limit: 1_000_000 },
      text: 'values.yaml grows to more than 1000000 values when its aliases are expanded',
      hint: 'Write the values out, or use fewer aliases of aliases.',
    },
  ],
  'values/self-reference': [
    {
      args: { anchor: 'a' },
      text: 'the alias "*a" stands inside the very value that it names',
      hint: 'An alias can only repeat a value that is already complete.',
    },
  ],
  'values/not-a-mapping': [
    {
      args: { found: 'a string' },
      text: 'values.yaml holds a string where a mapping is wanted',
      hint: 'Write keys and values, such as "pack:" and "charts:".',
    },
  ],
};
