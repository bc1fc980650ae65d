import type { PresetsRules } from '../../../src/model/rules/presets-rules.ts';
import type { Cases } from './case.ts';

export const PRESETS: Cases<PresetsRules> = {
  'presets/empty': [
    {
      args: {},
      text: 'presets.yaml holds no preset',
      hint: 'Delete the file, or list in it what people may choose from.',
    },
  ],
  'presets/invalid-yaml': [
    {
      args: { reason: 'Bad indentation' },
      text: 'presets.yaml is not valid YAML: bad indentation',
      hint: 'Mend the YAML at this place; without it no preset can be chosen.',
    },
  ],
  'presets/shape': [
    {
      args: { what: 'no list', found: 'an object' },
      text: 'there is no list under "presets", but an object',
      hint: 'Write the key "presets" at the top, and below it a list of presets.',
    },
    {
      args: { what: 'no mapping', found: 'a string' },
      text: 'a preset is a string, not a mapping',
      hint: 'Give each preset the keys name, displayName, group, remove and add.',
    },
    {
      args: { what: 'no name', found: 'a number' },
      text: 'a preset has no name, but a number',
      hint: 'Give it a name that no other preset of this pack has; nobody can choose it without.',
    },
    {
      args: { what: 'no list of paths', found: 'a number' },
      text: '"remove" of a preset holds a number, not only paths',
      hint: 'Write a list of dotted paths into values.yaml, or `[]` when nothing goes.',
    },
  ],
  'presets/duplicate-name': [
    {
      args: { name: 'small', firstLine: 2 },
      text: 'the preset "small" has the name of the one in line 2',
      hint: 'Rename one of them: profiles remember a preset by its name.',
    },
  ],
  'presets/bad-add': [
    {
      args: { name: 'small', reason: 'It holds a list, not a mapping' },
      text: 'what the preset "small" adds cannot be merged into the values: it holds a list, not a mapping',
      hint: 'Write `add: |`, and below it, indented, YAML as in values.yaml.',
    },
  ],
  'presets/unknown-remove': [
    {
      args: { name: 'small', path: 'charts.demo.port', deepest: 'charts.demo' },
      text: 'the preset "small" removes "charts.demo.port", which is neither in values.yaml nor in what a preset adds; "charts.demo" is as far as it goes',
      hint: 'Give the whole path of the value, or take the line out: nothing is removed.',
    },
    {
      args: { name: 'small', path: 'port', deepest: '' },
      text: 'the preset "small" removes "port", which is neither in values.yaml nor in what a preset adds',
      hint: 'Give the whole path of the value, or take the line out: nothing is removed.',
    },
  ],
};
