import { PackyardError } from '../errors.ts';
import { compareText } from '../model/compare-text.ts';
import type { Finding } from '../model/finding.ts';
import { jsonError } from '../pack/json-error.ts';
import { placeAt } from '../pack/place.ts';
import { messageOf } from './messages.ts';

/** Findings that are known and put up with, by content: they may move within their files. */
export interface Baseline {
  readonly findings: readonly BaselineEntry[];
}

export interface BaselineEntry {
  /** As written: the rule may be gone by now. */
  readonly rule: string;
  /** From the root of the repository. */
  readonly file: string;
  /** What the finding says, without numbers that change when lines move. */
  readonly message: string;
  /** How many findings say so in this file. */
  readonly count: number;
}

export interface Baselined {
  /** Those that are not known. */
  readonly findings: readonly Finding[];
  /** How many are known. */
  readonly baselined: number;
  /** What is known and was not found any more; `count` is how often. */
  readonly stale: readonly BaselineEntry[];
}

export interface BaselineOptions {
  /** Whether everything was checked: else what was not found may only not have been looked for. */
  readonly complete: boolean;
}

export const EMPTY_BASELINE: Baseline = { findings: [] };

const FORMAT = 'packyard-baseline/1';

/** Reads what `formatBaseline` writes. Throws `baseline-invalid`. */
export function parseBaseline(text: string): Baseline {
  const document = parsedObject(text);
  if (document?.['format'] !== FORMAT) throw invalid(`does not say that its format is ${FORMAT}`);
  const { findings } = document;
  if (!Array.isArray(findings)) throw invalid('has no list of "findings"');
  return { findings: [...byIdentity(findings.map(toEntry)).values()] };
}

/** A baseline file in which these findings are known: one entry a line, in one order, so that changes merge well. */
export function formatBaseline(findings: Iterable<Finding>): string {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const entry = entryOf(finding);
    const key = keyOf(entry);
    entries.set(key, { ...entry, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  const lines = [...entries.values()].toSorted(byFile).map((entry) => `    ${formatEntry(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "format": ${JSON.stringify(FORMAT)},\n  "findings": ${list}\n}\n`;
}

/** Takes away the findings that a baseline knows, as many as it knows of each. */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  { complete }: BaselineOptions,
): Baselined {
  const known = byIdentity(baseline.findings);
  const remaining = new Map([...known].map(([key, { count }]) => [key, count]));
  const unknown = findings.filter((finding) => {
    const key = keyOf(entryOf(finding));
    const count = remaining.get(key) ?? 0;
    if (count > 0) remaining.set(key, count - 1);
    return count === 0;
  });
  const stale = [...known].flatMap(([key, entry]) => {
    const count = remaining.get(key) ?? 0;
    return complete && count > 0 ? [{ ...entry, count }] : [];
  });
  return { findings: unknown, baselined: findings.length - unknown.length, stale: stale.toSorted(byFile) };
}

function entryOf(finding: Finding): BaselineEntry {
  const { rule, file } = finding;
  return { rule, file, message: withoutPositions(messageOf(finding).text), count: 1 };
}

/** "first on line 12" says the same when a line is added above. */
function withoutPositions(message: string): string {
  return message.replaceAll(/\b(lines?|columns?|byte|offset|position) \d+/gu, '$1 …');
}

/** Two branches that each learned of a finding may both have written it down: it is known once, at its larger count. */
function byIdentity(entries: readonly BaselineEntry[]): Map<string, BaselineEntry> {
  const known = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (entry.count > (known.get(key)?.count ?? 0)) known.set(key, entry);
  }
  return known;
}

function keyOf({ rule, file, message }: BaselineEntry): string {
  return JSON.stringify([rule, file, message]);
}

function byFile(a: BaselineEntry, b: BaselineEntry): number {
  return compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.message, b.message);
}

function formatEntry({ rule, file, message, count }: BaselineEntry): string {
  const members = Object.entries({ rule, file, message, count });
  return `{ ${members.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(', ')} }`;
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch (cause) {
    const { reason, start } = jsonError(text) ?? { reason: 'it cannot be read', start: 0 };
    throw invalid(`is not JSON: on line ${placeAt(text, start).line}, ${reason}`, cause);
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function toEntry(value: unknown, index: number): BaselineEntry {
  const { rule, file, message, count } = asObject(value) ?? {};
  if (typeof rule !== 'string' || typeof file !== 'string' || typeof message !== 'string' || !isCount(count))
    throw invalid(`has no rule, file, message and count in entry ${index + 1} of "findings"`);
  return { rule, file, message, count };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function invalid(what: string, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'baseline-invalid',
    message: `The baseline ${what}.`,
    hint: 'Resolve what a merge left in it, or write it anew with `packyard check --update-baseline`.',
    cause,
  });
}
