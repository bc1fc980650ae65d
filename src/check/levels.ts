import type { CheckConfig, Level, Preset, RuleLevels, RuleOverride } from '../model/check-config.ts';
import type { Finding } from '../model/finding.ts';
import type { RuleId } from '../model/rules.ts';
import { ignoreFilter, parseIgnoreRules } from '../pack/ignore-rules.ts';
import { ruleEntry } from './catalog.ts';

/** Comparisons that the overrides of one configuration may take: about a second. */
const WORK = 100_000_000;

const STRICTER: Readonly<Record<Level, Level>> = { off: 'off', hint: 'warning', warning: 'error', error: 'error' };

/** How much a rule matters in a preset. */
export function presetLevel(rule: RuleId, preset: Preset): Level {
  const { severity, strict, compat } = ruleEntry(rule);
  if (preset === 'strict') return strict ?? STRICTER[severity];
  if (preset === 'compat') return compat ?? (severity === 'error' ? 'error' : 'off');
  return severity;
}

interface CompiledOverride {
  readonly applies: (file: string) => boolean;
  readonly rules: RuleLevels;
}

const compiled = new WeakMap<readonly RuleOverride[], readonly CompiledOverride[]>();

function compiledOverrides(overrides: readonly RuleOverride[]): readonly CompiledOverride[] {
  const work = { left: WORK };
  const ready =
    compiled.get(overrides) ??
    overrides.map(({ files, rules }) => ({ applies: ignoreFilter([parseIgnoreRules(files.join('\n'))], work), rules }));
  compiled.set(overrides, ready);
  return ready;
}

/** Gives findings the severities that the configuration has for their rules and files; what is off is left out. */
export function applyLevels(findings: readonly Finding[], config: CheckConfig): Finding[] {
  const overrides = compiledOverrides(config.overrides);
  return findings.flatMap((finding) => {
    const rule = ruleOf(finding);
    const own = [config.rules, ...overrides.filter(({ applies }) => applies(finding.file)).map(({ rules }) => rules)];
    const level = own.reduce((found, levels) => levelIn(levels, rule) ?? found, presetLevel(rule, config.extends));
    return level === 'off' ? [] : [{ ...finding, severity: level }];
  });
}

/** That there are more findings of a rule matters as much as they do. */
function ruleOf(finding: Finding): RuleId {
  return finding.rule === 'pack/more-findings' ? (finding as Finding<'pack/more-findings'>).args.of : finding.rule;
}

function levelIn(levels: RuleLevels, rule: RuleId): Level | undefined {
  return Object.hasOwn(levels, rule) ? levels[rule] : undefined;
}
