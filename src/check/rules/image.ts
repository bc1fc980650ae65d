import type { LintRule } from '../rule.ts';
import { duplicate } from './image/duplicate.ts';
import { latest } from './image/latest.ts';
import { malformed } from './image/malformed.ts';
import { noRegistry } from './image/no-registry.ts';
import { noTag } from './image/no-tag.ts';
import { unlisted } from './image/unlisted.ts';

/** Rules about one pack, in the order in which they are asked. */
export const IMAGE_RULES: readonly LintRule[] = [unlisted, malformed, noTag, latest, noRegistry, duplicate];
