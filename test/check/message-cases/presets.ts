import type { PresetsRules } from '../../../src/model/rules/presets-rules.ts';
import type { Cases } from './case.ts';

export const PRESETS: Cases<PresetsRules> = {};
