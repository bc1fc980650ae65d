import type { SecretsRules } from '../../model/rules/secrets-rules.ts';
import type { Catalog } from './entry.ts';

export const SECRETS: Catalog<SecretsRules> = {};
