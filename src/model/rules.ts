import type { ChartRules } from './rules/chart-rules.ts';
import type { CheckRules } from './rules/check-rules.ts';
import type { ConfigRules } from './rules/config-rules.ts';
import type { ConstraintRules } from './rules/constraint-rules.ts';
import type { FileRules } from './rules/file-rules.ts';
import type { HistoryRules } from './rules/history-rules.ts';
import type { ImageRules } from './rules/image-rules.ts';
import type { LogoRules } from './rules/logo-rules.ts';
import type { ManifestRules } from './rules/manifest-rules.ts';
import type { PackRules } from './rules/pack-rules.ts';
import type { PresetsRules } from './rules/presets-rules.ts';
import type { ReadmeRules } from './rules/readme-rules.ts';
import type { RegistryRules } from './rules/registry-rules.ts';
import type { RoleRules } from './rules/role-rules.ts';
import type { SchemaRules } from './rules/schema-rules.ts';
import type { SecretsRules } from './rules/secrets-rules.ts';
import type { StatusRules } from './rules/status-rules.ts';
import type { ValuesRules } from './rules/values-rules.ts';

/** What each rule's finding carries, by rule id. The catalog of rules (`check/catalog.ts`) is complete over it. */
export interface FindingArgs
  extends
    ChartRules,
    CheckRules,
    ConfigRules,
    ConstraintRules,
    FileRules,
    HistoryRules,
    ImageRules,
    LogoRules,
    ManifestRules,
    PackRules,
    PresetsRules,
    ReadmeRules,
    RegistryRules,
    RoleRules,
    SchemaRules,
    SecretsRules,
    StatusRules,
    ValuesRules {}

export type RuleId = keyof FindingArgs;
