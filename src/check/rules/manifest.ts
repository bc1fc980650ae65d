import type { LintRule } from '../rule.ts';
import { documents } from './manifest/documents.ts';
import { noValues } from './manifest/no-values.ts';
import { unlisted } from './manifest/unlisted.ts';

/** Rules about one pack, in the order in which they are asked. */
export const MANIFEST_RULES: readonly LintRule[] = [unlisted, documents, noValues];
