import type { Finding, Place, Severity } from '../model/finding.ts';
import type { FindingArgs, RuleId } from '../model/rules.ts';

/** Makes a finding about one file of a pack. */
export function findingOf<Rule extends RuleId>(
  rule: Rule,
  file: string,
  args: FindingArgs[Rule],
  options: { readonly place?: Place; readonly severity?: Severity; readonly detail?: readonly string[] } = {},
): Finding {
  const { place, severity = 'error', detail } = options;
  return { rule, severity, file, ...(place !== undefined && { place }), args, ...(detail !== undefined && { detail }) };
}
