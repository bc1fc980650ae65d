import type { SecretsRules } from '../../../src/model/rules/secrets-rules.ts';
import type { Cases } from './case.ts';

export const SECRETS: Cases<SecretsRules> = {};
