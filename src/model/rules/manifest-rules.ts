import type { MissingArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface ManifestRules {
  'manifest/missing-file': MissingArgs;
  'manifest/unlisted': { path: string };
  'manifest/invalid-yaml': { path: string; reason: string };
  /** `name` is the key of its values. */
  'manifest/no-values': { path: string; name: string };
  'manifest/no-kind': { path: string; missing: readonly ('apiVersion' | 'kind')[] };
}
