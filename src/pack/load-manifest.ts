import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { findingOf } from './finding-of.ts';
import { parseJson, type JsonProblem } from './json-document.ts';
import { kindOf } from '../model/json-value.ts';
import { MANIFEST_FILE, type PackFiles } from './pack.ts';
import { placeAt } from './place.ts';
import type { SourceDocument } from './source-document.ts';
import { decodeText } from './text.ts';

export interface LoadedDocument {
  readonly document?: SourceDocument;
  readonly findings: readonly Finding[];
}

/** Parses `pack.json`; says in findings why it is no JSON object. */
export function loadManifest(files: PackFiles): LoadedDocument {
  const data = files.get(MANIFEST_FILE)?.data;
  if (data === undefined) return { findings: [] };
  if (data.length > LIMITS.packJsonBytes) return failed('pack/too-large', { limit: LIMITS.packJsonBytes });
  const decoded = decodeText(data);
  if (!('text' in decoded)) return failed('pack/not-utf8', { offset: decoded.badOffset });
  const { text } = decoded;
  if (text.startsWith('\uFEFF')) return failed('pack/byte-order-mark', {});
  if (text.trim() === '') return failed('pack/empty', {});
  const parsed = parseJson(text, LIMITS.depth);
  if (!('document' in parsed)) return { findings: parsed.problems.map(describe) };
  const { value } = parsed.document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed('pack/not-an-object', { found: kindOf(value) }, placeAt(text, text.search(/\S/u)));
  }
  return { document: parsed.document, findings: [] };
}

function failed<Rule extends Finding['rule']>(...[rule, args, place]: FailedArgs<Rule>): LoadedDocument {
  return { findings: [findingOf(rule, MANIFEST_FILE, args, place === undefined ? {} : { place })] };
}

type FailedArgs<Rule extends Finding['rule']> = [rule: Rule, args: Finding<Rule>['args'], place?: Finding['place']];

function describe(problem: JsonProblem): Finding {
  const { place } = problem;
  if (problem.kind === 'too-deep') return findingOf('pack/too-deep', MANIFEST_FILE, { limit: LIMITS.depth }, { place });
  if (problem.kind === 'invalid')
    return findingOf('pack/invalid-json', MANIFEST_FILE, { reason: problem.reason }, { place });
  const { key, first } = problem;
  return findingOf('pack/duplicate-key', MANIFEST_FILE, { key, firstLine: first.line }, { place });
}
