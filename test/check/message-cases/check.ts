import type { CheckRules } from '../../../src/model/rules/check-rules.ts';
import type { Cases } from './case.ts';

export const CHECK: Cases<CheckRules> = {};
