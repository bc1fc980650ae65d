import type { LintRule } from '../rule.ts';
import { notPng } from './logo/not-png.ts';
import { notSquare } from './logo/not-square.ts';
import { refused } from './logo/refused.ts';
import { tiny } from './logo/tiny.ts';
import { tooManyPixels } from './logo/too-many-pixels.ts';
import { truncated } from './logo/truncated.ts';

/** Rules about one pack, in the order in which they are asked. */
export const LOGO_RULES: readonly LintRule[] = [refused, tooManyPixels, notPng, tiny, notSquare, truncated];
