import type { ConstraintRules } from '../../model/rules/constraint-rules.ts';
import type { Catalog } from './entry.ts';
import { didYouMean, quoted } from './words.ts';

export const CONSTRAINT: Catalog<ConstraintRules> = {
  'constraint/min-above-max': {
    title: 'A range of versions that holds none',
    severity: 'warning',
    message: ({ packName, minVersion, maxVersion }) => ({
      text: `no version of ${quoted(packName)} is at least ${quoted(minVersion)} and at most ${quoted(maxVersion)}`,
      hint: 'Swap the two if they were mixed up; an empty "maxVersion" allows every later version.',
    }),
  },
  'constraint/param-ref': {
    title: 'A reference into values.yaml leads nowhere',
    severity: 'warning',
    message: ({ key, path, missing, suggestion }) => ({
      text: `"${key}" names ${quoted(path)}, but values.yaml has no ${quoted(missing)} there`,
      hint:
        didYouMean(suggestion) ??
        'Write the whole path from the top of values.yaml, such as charts.<chart>.resources.requests.cpu.',
    }),
  },
  'constraint/unknown-dependency': {
    title: 'A required pack is nowhere',
    severity: 'warning',
    message: ({ packName, suggestion }) => ({
      text: `the pack ${quoted(packName)} is required, but is not in this repository`,
      hint:
        didYouMean(suggestion) ?? 'If another registry has it, name it under "external" in registry.yaml; else add it.',
    }),
  },
  'constraint/wrong-layer': {
    title: 'A dependency on a pack in another layer',
    severity: 'warning',
    message: ({ packName, layer, actual }) => ({
      text: `the dependency on ${quoted(packName)} says layer ${quoted(layer)}, but that pack is in layer ${quoted(actual)}`,
      hint: `Write "layer": ${quoted(actual)}: a dependency is looked for in its layer only.`,
    }),
  },
};
