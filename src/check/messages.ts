import type { Finding } from '../model/finding.ts';
import type { FindingArgs, RuleId } from '../model/rules.ts';
import { CATALOG } from './catalog.ts';
import type { Message } from './catalog/entry.ts';

export type { Message } from './catalog/entry.ts';

/** The words for a finding. */
export function messageOf<Rule extends RuleId>(finding: Finding<Rule>): Message {
  const entry: { message(args: FindingArgs[Rule]): Message } = CATALOG[finding.rule];
  return entry.message(finding.args);
}
