import type { SchemaRules } from '../../../src/model/rules/schema-rules.ts';
import type { Cases } from './case.ts';

export const SCHEMA: Cases<SchemaRules> = {
  'schema/empty': [
    {
      args: {},
      text: 'schema.yaml holds nothing',
      hint: 'Delete the file, or name in it the values that need a constraint.',
    },
  ],
  'schema/invalid-yaml': [
    {
      args: { reason: 'Bad indentation' },
      text: 'schema.yaml is not valid YAML: bad indentation',
      hint: 'Mend the YAML at this place; without it no value of the pack is checked.',
    },
  ],
  'schema/unknown-path': [
    {
      args: { path: 'charts.demo.port', deepest: 'charts.demo', suggestion: 'charts.demo.ports' },
      text: '"charts.demo.port" leads to nothing in values.yaml, whatever preset is chosen: "charts.demo" is as far as it goes',
      hint: 'Did you mean "charts.demo.ports"?',
    },
    {
      args: { path: 'port', deepest: '' },
      text: '"port" leads to nothing in values.yaml, whatever preset is chosen: no part of it is there',
      hint: 'Give the whole path of a value, such as charts.<chart>.<key>, or add the value to values.yaml.',
    },
  ],
  'schema/bad-expression': [
    {
      args: { path: 'a.b', column: 4, reason: '"requird" is not known: did you mean "required"?' },
      text: 'the constraint of "a.b" cannot be read at its character 4: "requird" is not known: did you mean "required"?',
      hint: 'Write `{{ required | readonly | format "${type:/regular expression/}" | hints "…" }}`, leaving out what is not needed.',
    },
  ],
  'schema/not-an-entry': [
    {
      args: { path: '', found: 'a list' },
      text: 'schema.yaml is a list, not a mapping from paths to constraints',
      hint: 'Write one key for each value, its path in values.yaml, and below it the key "schema".',
    },
    {
      args: { path: 'a.b', found: 'a string' },
      text: '"a.b" has no constraint under "schema": there is a string',
      hint: 'Write `\'{{ required | format "${string}" }}\'` in quotes under "schema".',
    },
  ],
};
