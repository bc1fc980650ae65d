import type { ManifestRules } from '../../../src/model/rules/manifest-rules.ts';
import type { Cases } from './case.ts';

const ADD_IT = 'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.';

export const MANIFEST: Cases<ManifestRules> = {
  'manifest/missing-file': [
    { args: { path: 'm.yaml' }, text: 'the manifest "m.yaml" is not in the pack', hint: ADD_IT },
  ],
};
