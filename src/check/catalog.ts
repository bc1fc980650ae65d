import type { FindingArgs, RuleId } from '../model/rules.ts';
import { CHART } from './catalog/chart.ts';
import { CHECK } from './catalog/check.ts';
import { CONFIG } from './catalog/config.ts';
import { CONSTRAINT } from './catalog/constraint.ts';
import { FILE } from './catalog/file.ts';
import { HISTORY } from './catalog/history.ts';
import { IMAGE } from './catalog/image.ts';
import { LOGO } from './catalog/logo.ts';
import { MANIFEST } from './catalog/manifest.ts';
import { PACK } from './catalog/pack.ts';
import { PRESETS } from './catalog/presets.ts';
import { README } from './catalog/readme.ts';
import { REGISTRY } from './catalog/registry.ts';
import { ROLE } from './catalog/role.ts';
import { SCHEMA } from './catalog/schema.ts';
import { SECRETS } from './catalog/secrets.ts';
import { STATUS } from './catalog/status.ts';
import { VALUES } from './catalog/values.ts';
import type { Catalog, RuleEntry } from './catalog/entry.ts';

/** Every rule there is, by id. */
export const CATALOG: Catalog<FindingArgs> = {
  ...CHART,
  ...CHECK,
  ...CONFIG,
  ...CONSTRAINT,
  ...FILE,
  ...HISTORY,
  ...IMAGE,
  ...LOGO,
  ...MANIFEST,
  ...PACK,
  ...PRESETS,
  ...README,
  ...REGISTRY,
  ...ROLE,
  ...SCHEMA,
  ...SECRETS,
  ...STATUS,
  ...VALUES,
};

export const RULE_IDS: readonly RuleId[] = Object.keys(CATALOG) as RuleId[];

/** The entry of a rule, whatever its findings carry. */
export function ruleEntry(rule: RuleId): Omit<RuleEntry<never>, 'message'> {
  return CATALOG[rule];
}

export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(CATALOG, id);
}
