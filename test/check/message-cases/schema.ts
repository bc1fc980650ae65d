import type { SchemaRules } from '../../../src/model/rules/schema-rules.ts';
import type { Cases } from './case.ts';

export const SCHEMA: Cases<SchemaRules> = {};
