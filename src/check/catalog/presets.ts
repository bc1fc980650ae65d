import type { PresetsRules } from '../../model/rules/presets-rules.ts';
import type { Catalog, Message } from './entry.ts';
import { quoted, sentence } from './words.ts';

type ShapeArgs = PresetsRules['presets/shape'];

const SHAPES: Readonly<Record<ShapeArgs['what'], (found: string) => Message>> = {
  'no list': (found) => ({
    text: `there is no list under "presets", but ${found}`,
    hint: 'Write the key "presets" at the top, and below it a list of presets.',
  }),
  'no mapping': (found) => ({
    text: `a preset is ${found}, not a mapping`,
    hint: 'Give each preset the keys name, displayName, group, remove and add.',
  }),
  'no name': (found) => ({
    text: `a preset has no name, but ${found}`,
    hint: 'Give it a name that no other preset of this pack has; nobody can choose it without.',
  }),
  'no list of paths': (found) => ({
    text: `"remove" of a preset holds ${found}, not only paths`,
    hint: 'Write a list of dotted paths into values.yaml, or `[]` when nothing goes.',
  }),
};

export const PRESETS: Catalog<PresetsRules> = {
  'presets/empty': {
    title: 'presets.yaml holds no preset',
    severity: 'warning',
    message: () => ({
      text: 'presets.yaml holds no preset',
      hint: 'Delete the file, or list in it what people may choose from.',
    }),
  },
  'presets/invalid-yaml': {
    title: 'presets.yaml is not YAML',
    severity: 'error',
    message: ({ reason }) => ({
      text: `presets.yaml is not valid YAML: ${sentence(reason)}`,
      hint: 'Mend the YAML at this place; without it no preset can be chosen.',
    }),
  },
  'presets/shape': {
    title: 'presets.yaml is not built as presets are',
    severity: 'warning',
    message: ({ what, found }) => SHAPES[what](found),
  },
  'presets/duplicate-name': {
    title: 'Two presets have one name',
    severity: 'warning',
    message: ({ name, firstLine }) => ({
      text: `the preset ${quoted(name)} has the name of the one in line ${firstLine}`,
      hint: 'Rename one of them: profiles remember a preset by its name.',
    }),
  },
  'presets/bad-add': {
    title: 'What a preset adds is not YAML',
    severity: 'error',
    message: ({ name, reason }) => ({
      text: `what the preset ${quoted(name)} adds cannot be merged into the values: ${sentence(reason)}`,
      hint: 'Write `add: |`, and below it, indented, YAML as in values.yaml.',
    }),
  },
  'presets/unknown-remove': {
    title: 'A preset removes what is not there',
    severity: 'warning',
    message: ({ name, path, deepest }) => ({
      text: `the preset ${quoted(name)} removes ${quoted(path)}, which is neither in values.yaml nor in what a preset adds${
        deepest === '' ? '' : `; ${quoted(deepest)} is as far as it goes`
      }`,
      hint: 'Give the whole path of the value, or take the line out: nothing is removed.',
    }),
  },
};
