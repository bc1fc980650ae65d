import type { LintRule } from '../rule.ts';
import { copyDiffers } from './chart/copy-differs.ts';
import { duplicateName } from './chart/duplicate-name.ts';
import { invalidMetadata } from './chart/invalid-metadata.ts';
import { nameMismatch } from './chart/name-mismatch.ts';
import { unlisted } from './chart/unlisted.ts';
import { versionDiffers } from './chart/version-differs.ts';

/** Rules about one pack, in the order in which they are asked. */
export const CHART_RULES: readonly LintRule[] = [
  invalidMetadata,
  nameMismatch,
  duplicateName,
  unlisted,
  versionDiffers,
  copyDiffers,
];
