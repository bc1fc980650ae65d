import { byPlace } from '../check/by-place.ts';
import { firstFindings } from '../check/first-findings.ts';
import { schemaValidator, type SchemaValidator } from '../check/schema-validator.ts';
import type { SchemaProblem } from '../model/schema-problems.ts';
import { isCalendarDate } from '../model/calendar-date.ts';
import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import type { StatusEntry, StatusFile } from '../model/status.ts';
import { parseSelector } from '../model/version-selector.ts';
import { findingOf } from '../pack/finding-of.ts';
import { isMapping, kindOf } from '../model/json-value.ts';
import { pathKey, type SourceDocument } from '../pack/source-document.ts';
import { decodeText } from '../pack/text.ts';
import { parseYaml, type YamlProblem } from '../pack/yaml-document.ts';

/** What a file of `status/` says; without entries where it cannot be used, and the findings say why. */
export interface ParsedStatus {
  readonly entries?: readonly StatusEntry[];
  readonly findings: readonly Finding[];
}

/** Parses and validates one file of `status/`; `file` is its path, for findings. A file with comments only says nothing. */
export async function parseStatus(file: string, data: Buffer): Promise<ParsedStatus> {
  const document = statusDocument(file, data);
  if ('rule' in document) return { findings: [document] };
  const { value } = document;
  if (value === null) return { entries: [], findings: [] };
  if (!isMapping(value)) {
    const reason = `it holds ${kindOf(value)} where a mapping is wanted`;
    return { findings: [findingOf('status/invalid-yaml', file, { reason }, { place: document.place([]) })] };
  }
  const validator = await schemaValidator('status');
  const unknown = [...firstFindings(unknownKeys(file, document, validator))];
  const problems = validator.problems(value);
  const errors =
    problems.length > 0
      ? [...firstFindings(schemaFindings(file, document, problems))]
      : [...firstFindings(badVersions(file, document)), ...firstFindings(badDates(file, document))];
  const findings = [...errors, ...unknown].toSorted(byPlace);
  return errors.length > 0
    ? { findings }
    : { entries: (value as unknown as StatusFile).releases.map(knownPart), findings };
}

/** The text of a file of `status/` with the places of what it says, or what is wrong with it. */
export function statusDocument(file: string, data: Buffer): SourceDocument | Finding {
  const decoded = decodeText(data);
  if (!('text' in decoded)) {
    return findingOf('status/invalid-yaml', file, { reason: `byte ${decoded.badOffset} is not UTF-8` });
  }
  // A file of this size cannot hold more values than it has bytes, unless by aliases.
  const parsed = parseYaml(decoded.text, { depth: LIMITS.depth, nodes: LIMITS.statusBytes });
  return 'document' in parsed ? parsed.document : yamlFinding(file, parsed.problem);
}

function yamlFinding(file: string, problem: YamlProblem): Finding {
  const { place } = problem;
  if (problem.kind === 'invalid' && problem.duplicate !== undefined) {
    const { key, first } = problem.duplicate;
    return findingOf('status/duplicate-key', file, { key, firstLine: first.line }, { place });
  }
  const reason = problem.kind === 'invalid' ? problem.reason : 'its aliases expand without bound';
  return findingOf('status/invalid-yaml', file, { reason }, { place });
}

function* unknownKeys(file: string, document: SourceDocument, validator: SchemaValidator): Generator<Finding> {
  for (const { path, ...args } of validator.unknownKeys(document.value)) {
    yield findingOf('status/unknown-key', file, args, { place: document.place(path, 'key'), severity: 'warning' });
  }
}

function* schemaFindings(
  file: string,
  document: SourceDocument,
  problems: readonly SchemaProblem[],
): Generator<Finding> {
  for (const { path, expected } of problems) {
    // A version that looks like a number loses digits.
    const quotes = expected.endsWith(', not a number') ? ': put it in quotes' : '';
    const args = { pointer: pathKey(path), expected: `${expected}${quotes}` };
    yield findingOf('status/schema', file, args, { place: document.place(path) });
  }
}

function* badVersions(file: string, document: SourceDocument): Generator<Finding> {
  for (const [index, { versions }] of (document.value as StatusFile).releases.entries()) {
    if (parseSelector(versions) !== undefined) continue;
    yield findingOf(
      'status/bad-versions',
      file,
      { versions },
      { place: document.place(['releases', index, 'versions']) },
    );
  }
}

function* badDates(file: string, document: SourceDocument): Generator<Finding> {
  for (const [index, { at: date }] of (document.value as StatusFile).releases.entries()) {
    if (date === undefined || isCalendarDate(date)) continue;
    yield findingOf('status/bad-date', file, { date }, { place: document.place(['releases', index, 'at']) });
  }
}

function knownPart({ versions, state, reason, at, replacement }: StatusEntry): StatusEntry {
  return {
    versions,
    state,
    ...(reason !== undefined && { reason: reason.trim() }),
    ...(at !== undefined && { at }),
    ...(replacement !== undefined && { replacement }),
  };
}
