import type { LintRule } from '../rule.ts';

/** Rules about one pack, in the order in which they are asked. */
export const CONSTRAINT_RULES: readonly LintRule[] = [];
