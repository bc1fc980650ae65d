import type { LintRule } from '../rule.ts';
import { brokenLink } from './readme/broken-link.ts';
import { missing } from './readme/missing.ts';

/** Rules about one pack, in the order in which they are asked. */
export const README_RULES: readonly LintRule[] = [missing, brokenLink];
