import type { SchemaRules } from '../../model/rules/schema-rules.ts';
import type { Catalog } from './entry.ts';
import { didYouMean, quoted, sentence } from './words.ts';

const ENTRY = `Write \`'{{ required | format "\${string}" }}'\` in quotes under "schema".`;

export const SCHEMA: Catalog<SchemaRules> = {
  'schema/empty': {
    title: 'schema.yaml holds nothing',
    severity: 'warning',
    message: () => ({
      text: 'schema.yaml holds nothing',
      hint: 'Delete the file, or name in it the values that need a constraint.',
    }),
  },
  'schema/invalid-yaml': {
    title: 'schema.yaml is not YAML',
    severity: 'error',
    message: ({ reason }) => ({
      text: `schema.yaml is not valid YAML: ${sentence(reason)}`,
      hint: 'Mend the YAML at this place; without it no value of the pack is checked.',
    }),
  },
  'schema/unknown-path': {
    title: 'A path in schema.yaml leads to no value',
    severity: 'warning',
    message: ({ path, deepest, suggestion }) => ({
      text: `${quoted(path)} leads to nothing in values.yaml, whatever preset is chosen: ${
        deepest === '' ? 'no part of it is there' : `${quoted(deepest)} is as far as it goes`
      }`,
      hint:
        didYouMean(suggestion) ??
        'Give the whole path of a value, such as charts.<chart>.<key>, or add the value to values.yaml.',
    }),
  },
  'schema/bad-expression': {
    title: 'A constraint in schema.yaml cannot be read',
    severity: 'warning',
    message: ({ path, column, reason }) => ({
      text: `the constraint of ${quoted(path)} cannot be read at its character ${column}: ${reason}`,
      hint: 'Write `{{ required | readonly | format "${type:/regular expression/}" | hints "…" }}`, leaving out what is not needed.',
    }),
  },
  'schema/not-an-entry': {
    title: 'An entry of schema.yaml without a constraint',
    severity: 'warning',
    message: ({ path, found }) =>
      path === ''
        ? {
            text: `schema.yaml is ${found}, not a mapping from paths to constraints`,
            hint: 'Write one key for each value, its path in values.yaml, and below it the key "schema".',
          }
        : { text: `${quoted(path)} has no constraint under "schema": there is ${found}`, hint: ENTRY },
  },
};
