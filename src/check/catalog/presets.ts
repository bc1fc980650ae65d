import type { PresetsRules } from '../../model/rules/presets-rules.ts';
import type { Catalog } from './entry.ts';

export const PRESETS: Catalog<PresetsRules> = {};
