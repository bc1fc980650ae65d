import type { ConstraintRules } from '../../../src/model/rules/constraint-rules.ts';
import type { Cases } from './case.ts';

export const CONSTRAINT: Cases<ConstraintRules> = {
  'constraint/min-above-max': [
    {
      args: { packName: 'kubernetes', minVersion: '1.30', maxVersion: '1.28.4' },
      text: 'no version of "kubernetes" is at least "1.30" and at most "1.28.4"',
      hint: 'Swap the two if they were mixed up; an empty "maxVersion" allows every later version.',
    },
  ],
  'constraint/param-ref': [
    {
      args: {
        key: 'resourceRequestParamRef',
        path: 'requests.cpu',
        missing: 'requests',
        suggestion: 'charts.demo.requests.cpu',
      },
      text: '"resourceRequestParamRef" names "requests.cpu", but values.yaml has no "requests" there',
      hint: 'Did you mean "charts.demo.requests.cpu"?',
    },
    {
      args: { key: 'replicaCountParamRef', path: 'charts.demo.replicas', missing: 'charts' },
      text: '"replicaCountParamRef" names "charts.demo.replicas", but values.yaml has no "charts" there',
      hint: 'Write the whole path from the top of values.yaml, such as charts.<chart>.resources.requests.cpu.',
    },
  ],
  'constraint/unknown-dependency': [
    {
      args: { packName: 'elastic-operater', suggestion: 'elastic-operator' },
      text: 'the pack "elastic-operater" is required, but is not in this repository',
      hint: 'Did you mean "elastic-operator"?',
    },
    {
      args: { packName: 'kubernetes' },
      text: 'the pack "kubernetes" is required, but is not in this repository',
      hint: 'If another registry has it, name it under "external" in registry.yaml; else add it.',
    },
  ],
  'constraint/wrong-layer': [
    {
      args: { packName: 'cni-multus', layer: 'cni', actual: 'addon' },
      text: 'the dependency on "cni-multus" says layer "cni", but that pack is in layer "addon"',
      hint: 'Write "layer": "addon": a dependency is looked for in its layer only.',
    },
  ],
};
