import type { Finding, Place } from '../model/finding.ts';
import type { RuleId } from '../model/rules.ts';
import { suggest } from '../model/suggest.ts';
import { findingOf } from '../pack/finding-of.ts';
import { placeAt } from '../pack/place.ts';
import { isRuleId, RULE_IDS } from './catalog.ts';
import { firstFindings } from './first-findings.ts';
import { suppressionComments, type SuppressionComment } from './suppression-comments.ts';

export interface Suppressed {
  /** Those that no comment allows, and behind them what is wrong with the comments themselves. */
  readonly findings: readonly Finding[];
  /** How many findings were allowed. */
  readonly suppressed: number;
}

export interface SuppressionOptions {
  /** Files whose comments are looked at although nothing was found in them: those with `packyard:` in them. */
  readonly files?: Iterable<string>;
  /** Whether a rule was asked about a file: what was not asked for is never a suppression of nothing. */
  readonly isAsked?: (rule: RuleId, file: string) => boolean;
}

/** How far down `allow-file` may stand: at the top, where a reader sees that it is so. */
const FIRST_LINES = 20;
/** More than any rule has. */
const LONGEST_RULE = 80;

/** Takes away the findings that comments in the files themselves allow, and says which of these comments are no good. */
export function applySuppressions(
  findings: readonly Finding[],
  textOf: (file: string) => string | undefined,
  { files = [], isAsked = () => true }: SuppressionOptions = {},
): Suppressed {
  const commented = new Map<string, FileSuppressions>();
  for (const file of new Set([...findings.map((finding) => finding.file), ...files])) {
    const text = textOf(file);
    const comments = text === undefined ? [] : suppressionComments(file, text);
    if (text !== undefined && comments.length > 0) commented.set(file, fileSuppressions(file, text, comments));
  }
  const left = findings.filter((finding) => !isAllowed(finding, commented.get(finding.file)));
  const wrong = [...commented.values()].flatMap((file) => [
    ...firstFindings(withoutReason(file)),
    ...firstFindings(unknownRules(file)),
    ...firstFindings(unused(file, isAsked)),
  ]);
  return { findings: [...left, ...wrong], suppressed: findings.length - left.length };
}

interface FileSuppressions {
  readonly file: string;
  readonly comments: readonly SuppressionComment[];
  readonly place: (comment: SuppressionComment) => Place;
  /** By the line and rule that they are for: the first comment, which counts, and whether it allowed anything. */
  readonly allowed: ReadonlyMap<string, Allowance>;
}

interface Allowance {
  readonly comment: SuppressionComment;
  used: boolean;
}

function fileSuppressions(file: string, text: string, comments: readonly SuppressionComment[]): FileSuppressions {
  const allowed = new Map<string, Allowance>();
  for (const comment of comments) {
    if (isLate(comment)) continue;
    for (const rule of comment.rules) {
      const key = keyOf(rule, comment.target);
      if (!allowed.has(key)) allowed.set(key, { comment, used: false });
    }
  }
  return { file, comments, place: ({ start, end }) => placeAt(text, start, end), allowed };
}

function isLate({ line, target }: SuppressionComment): boolean {
  return target === undefined && line > FIRST_LINES;
}

function keyOf(rule: string, line: number | undefined): string {
  return `${line ?? 'file'} ${rule}`;
}

function isAllowed(finding: Finding, file: FileSuppressions | undefined): boolean {
  if (file === undefined) return false;
  const { place } = finding;
  const rule = ruleOf(finding);
  const onLine = place === undefined ? undefined : file.allowed.get(keyOf(rule, place.line));
  const allowance = onLine ?? file.allowed.get(keyOf(rule, undefined));
  if (allowance === undefined) return false;
  allowance.used = true;
  return true;
}

/** Who allows a rule in a whole file need not hear that there are more of its findings. */
function ruleOf(finding: Finding): RuleId {
  return finding.rule === 'pack/more-findings' ? (finding as Finding<'pack/more-findings'>).args.of : finding.rule;
}

function* withoutReason({ file, comments, place }: FileSuppressions): Generator<Finding> {
  for (const comment of comments) {
    const rule = comment.rules.find(isRuleId);
    if (comment.hasReason || rule === undefined) continue;
    yield findingOf('check/no-reason', file, { rule }, { place: place(comment), severity: 'hint' });
  }
}

function* unknownRules({ file, comments, place }: FileSuppressions): Generator<Finding> {
  for (const comment of comments) {
    const unknown = comment.rules.length === 0 ? [''] : comment.rules.filter((rule) => !isRuleId(rule));
    for (const name of unknown) {
      const rule = name.length > LONGEST_RULE ? `${name.slice(0, LONGEST_RULE)}…` : name;
      const suggestion = name === '' ? undefined : nearRule(name);
      const args = { rule, ...(suggestion !== undefined && { suggestion }) };
      yield findingOf('check/unknown-rule', file, args, { place: place(comment), severity: 'warning' });
    }
  }
}

/** Who leaves out the group has the rest right. */
function nearRule(name: string): string | undefined {
  return RULE_IDS.find((rule) => rule.endsWith(`/${name}`)) ?? suggest(name, RULE_IDS);
}

function* unused(
  { file, comments, place, allowed }: FileSuppressions,
  isAsked: (rule: RuleId, file: string) => boolean,
): Generator<Finding> {
  for (const comment of comments) {
    const late = isLate(comment) ? { late: { limit: FIRST_LINES } } : {};
    for (const rule of new Set(comment.rules)) {
      if (!isRuleId(rule) || !isAsked(rule, file)) continue;
      const allowance = allowed.get(keyOf(rule, comment.target));
      if (allowance?.comment === comment && allowance.used && !isLate(comment)) continue;
      const args = { rule, ...late };
      yield findingOf('check/unused-suppression', file, args, { place: place(comment), severity: 'hint' });
    }
  }
}
