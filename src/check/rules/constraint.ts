import type { LintRule } from '../rule.ts';
import { minAboveMax } from './constraint/min-above-max.ts';
import { paramRef } from './constraint/param-ref.ts';

/** Rules about one pack, in the order in which they are asked. */
export const CONSTRAINT_RULES: readonly LintRule[] = [minAboveMax, paramRef];
