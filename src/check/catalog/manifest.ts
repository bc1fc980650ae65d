import type { ManifestRules } from '../../model/rules/manifest-rules.ts';
import type { Catalog } from './entry.ts';
import { missing } from './words.ts';

export const MANIFEST: Catalog<ManifestRules> = {
  'manifest/missing-file': {
    title: 'A listed manifest is missing',
    severity: 'error',
    message: (args) => missing('manifest', args),
  },
};
