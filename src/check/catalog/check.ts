import type { CheckRules } from '../../model/rules/check-rules.ts';
import type { Catalog } from './entry.ts';

export const CHECK: Catalog<CheckRules> = {};
