import type { LintRule } from '../rule.ts';

/** Rules about one pack, in the order in which they are asked. */
export const LOGO_RULES: readonly LintRule[] = [];
