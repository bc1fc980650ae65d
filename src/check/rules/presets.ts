import type { LintRule } from '../rule.ts';
import { badAdd } from './presets/bad-add.ts';
import { document } from './presets/document.ts';
import { duplicateName } from './presets/duplicate-name.ts';
import { shape } from './presets/shape.ts';
import { unknownRemove } from './presets/unknown-remove.ts';

/** Rules about one pack, in the order in which they are asked. */
export const PRESETS_RULES: readonly LintRule[] = [document, shape, duplicateName, badAdd, unknownRemove];
