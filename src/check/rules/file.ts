import type { LintRule } from '../rule.ts';
import { executable } from './file/executable.ts';
import { junk } from './file/junk.ts';
import { largePack } from './file/large-pack.ts';
import { large } from './file/large.ts';

/** Rules about one pack, in the order in which they are asked. */
export const FILE_RULES: readonly LintRule[] = [junk, large, largePack, executable];
