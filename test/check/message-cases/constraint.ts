import type { ConstraintRules } from '../../../src/model/rules/constraint-rules.ts';
import type { Cases } from './case.ts';

export const CONSTRAINT: Cases<ConstraintRules> = {};
