import { readFile } from 'node:fs/promises';

import { PRESETS, type Level, type Preset } from '../model/check-config.ts';
import type { RuleId } from '../model/rules.ts';
import { suggest } from '../model/suggest.ts';
import { isRuleId, RULE_IDS, ruleEntry } from './catalog.ts';
import { presetLevel } from './levels.ts';

export interface ListedRule {
  readonly id: RuleId;
  readonly title: string;
  readonly levels: Readonly<Record<Preset, Level>>;
  readonly fix?: 'safe' | 'unsafe';
}

export interface ExplainedRule extends ListedRule {
  /** The rule's page, in Markdown. */
  readonly page: string;
}

/** Every rule, in the order of the catalog. */
export function listRules(): ListedRule[] {
  return RULE_IDS.map(listed);
}

/** A rule with its page, or the rule that may have been meant. */
export async function explain(
  id: string,
): Promise<ExplainedRule | { readonly unknown: string; readonly suggestion: string | undefined }> {
  if (!isRuleId(id)) return { unknown: id, suggestion: suggest(id, RULE_IDS) };
  const page = await readFile(new URL(`../../docs/rules/${id}.md`, import.meta.url), 'utf8');
  return { ...listed(id), page };
}

function listed(id: RuleId): ListedRule {
  const { title, fix } = ruleEntry(id);
  const levels = Object.fromEntries(PRESETS.map((preset) => [preset, presetLevel(id, preset)]));
  return { id, title, levels: levels as Record<Preset, Level>, ...(fix !== undefined && { fix }) };
}
