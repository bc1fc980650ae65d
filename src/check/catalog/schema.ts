import type { SchemaRules } from '../../model/rules/schema-rules.ts';
import type { Catalog } from './entry.ts';

export const SCHEMA: Catalog<SchemaRules> = {};
