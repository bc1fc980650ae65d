import type { LintRule } from './rule.ts';
import { CHART_RULES } from './rules/chart.ts';
import { CONSTRAINT_RULES } from './rules/constraint.ts';
import { FILE_RULES } from './rules/file.ts';
import { IMAGE_RULES } from './rules/image.ts';
import { LOGO_RULES } from './rules/logo.ts';
import { MANIFEST_RULES } from './rules/manifest.ts';
import { PACK_RULES } from './rules/pack.ts';
import { PRESETS_RULES } from './rules/presets.ts';
import { README_RULES } from './rules/readme.ts';
import { SCHEMA_RULES } from './rules/schema.ts';
import { SECRETS_RULES } from './rules/secrets.ts';
import { VALUES_RULES } from './rules/values.ts';

/** Every rule about one pack. Those that a build asks as well stand in `check-pack.ts`. */
export const LINT_RULES: readonly LintRule[] = [
  ...PACK_RULES,
  ...CHART_RULES,
  ...VALUES_RULES,
  ...IMAGE_RULES,
  ...MANIFEST_RULES,
  ...CONSTRAINT_RULES,
  ...SCHEMA_RULES,
  ...PRESETS_RULES,
  ...FILE_RULES,
  ...README_RULES,
  ...LOGO_RULES,
  ...SECRETS_RULES,
];
