import type { ReadmeRules } from '../../model/rules/readme-rules.ts';
import type { Catalog } from './entry.ts';

export const README: Catalog<ReadmeRules> = {};
