import type { ReadmeRules } from '../../../src/model/rules/readme-rules.ts';
import type { Cases } from './case.ts';

export const README: Cases<ReadmeRules> = {};
