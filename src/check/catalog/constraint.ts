import type { ConstraintRules } from '../../model/rules/constraint-rules.ts';
import type { Catalog } from './entry.ts';

export const CONSTRAINT: Catalog<ConstraintRules> = {};
