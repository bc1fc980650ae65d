import type { LintRule } from '../rule.ts';
import { badExpression } from './schema/bad-expression.ts';
import { document } from './schema/document.ts';
import { notAnEntry } from './schema/not-an-entry.ts';
import { unknownPath } from './schema/unknown-path.ts';

/** Rules about one pack, in the order in which they are asked. */
export const SCHEMA_RULES: readonly LintRule[] = [document, notAnEntry, unknownPath, badExpression];
