import type { Severity } from './finding.ts';

/** How much a rule matters; `off` for not at all. */
export type Level = Severity | 'off';

export const PRESETS = ['recommended', 'strict', 'compat'] as const;

/** A level for every rule: what fits most registries; more; only what is broken. */
export type Preset = (typeof PRESETS)[number];

/** Levels by rule id. */
export type RuleLevels = Readonly<Record<string, Level>>;

/** The section `check` of `registry.yaml` with its defaults filled in. */
export interface CheckConfig {
  readonly extends: Preset;
  readonly rules: RuleLevels;
  /** Levels for some files, in the syntax of `.gitignore`; later ones win. */
  readonly overrides: readonly RuleOverride[];
  /** Path of the baseline, from the root of the repository. */
  readonly baseline: string;
}

export interface RuleOverride {
  readonly files: readonly string[];
  readonly rules: RuleLevels;
}

/** The section as written. */
export interface CheckConfigFile {
  readonly extends?: Preset;
  readonly rules?: RuleLevels;
  readonly overrides?: readonly RuleOverride[];
  readonly baseline?: string;
}

const BASELINE_FILE = 'packyard-baseline.json';

export function withCheckDefaults(file: CheckConfigFile = {}): CheckConfig {
  const { rules = {}, overrides = [], baseline = BASELINE_FILE } = file;
  return { extends: file.extends ?? 'recommended', rules, overrides, baseline };
}
