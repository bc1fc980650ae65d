import type { ManifestRules } from '../../../src/model/rules/manifest-rules.ts';
import type { Cases } from './case.ts';

const ADD_IT = 'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.';
const ADD_WHAT_IS_MISSING = 'No cluster takes it: add what is missing, or take the document out.';

export const MANIFEST: Cases<ManifestRules> = {
  'manifest/missing-file': [
    { args: { path: 'm.yaml' }, text: 'the manifest "m.yaml" is not in the pack', hint: ADD_IT },
  ],
  'manifest/unlisted': [
    {
      args: { path: 'manifests/m.yaml' },
      text: 'pack.json does not list the manifest "manifests/m.yaml", so that it is never applied',
      hint: 'Add it to kubeManifests where its turn is, or take the file out.',
    },
  ],
  'manifest/invalid-yaml': [
    {
      args: { path: 'manifests/m.yaml', reason: 'Bad indentation.' },
      text: 'the manifest "manifests/m.yaml" is not YAML: bad indentation',
      hint: 'Mend the line, and see that lines of one mapping begin in the same column; tabs cannot indent.',
    },
  ],
  'manifest/no-values': [
    {
      args: { path: 'manifests/m.yaml', name: 'm' },
      text: 'the manifest "manifests/m.yaml" uses .Values, but values.yaml has no block for it',
      hint: 'Add its values to values.yaml under "manifests", with the key "m".',
    },
  ],
  'manifest/no-kind': [
    {
      args: { path: 'manifests/m.yaml', missing: ['kind'] },
      text: 'a document of the manifest "manifests/m.yaml" has no kind',
      hint: ADD_WHAT_IS_MISSING,
    },
    {
      args: { path: 'manifests/m.yaml', missing: ['apiVersion', 'kind'] },
      text: 'a document of the manifest "manifests/m.yaml" has no apiVersion and no kind',
      hint: ADD_WHAT_IS_MISSING,
    },
  ],
};
