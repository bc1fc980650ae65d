import { parse, type MemberNode, type ValueNode } from '@humanwhocodes/momoa';

import type { Place } from '../model/finding.ts';
import { jsonError } from './json-error.ts';
import { placeAt } from './place.ts';
import { nearestSpan, pathKey, type SourceDocument, type Span, type Spans } from './source-document.ts';

/** Why a text is not the JSON that is wanted, and where. */
export type JsonProblem =
  | { readonly kind: 'invalid'; readonly reason: string; readonly place: Place }
  | { readonly kind: 'too-deep'; readonly place: Place }
  | { readonly kind: 'duplicate-key'; readonly key: string; readonly first: Place; readonly place: Place };

export type ParsedJson = { readonly document: SourceDocument } | { readonly problems: readonly JsonProblem[] };

/** Parses JSON (RFC 8259) of at most `maxDepth` levels, in which no object has a key twice. Never throws. */
export function parseJson(text: string, maxDepth: number): ParsedJson {
  const { deep, keys } = scan(text, maxDepth);
  if (deep !== undefined) return { problems: [{ kind: 'too-deep', place: placeAt(text, deep) }] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problems: [invalid(text)] };
  }
  // Where keys are lost, one stood twice. The parser that knows places is slow, so it is asked only then.
  if (keyCount(value) !== keys) {
    const problems: JsonProblem[] = [];
    spansOf(text, problems);
    if (problems.length > 0) return { problems };
  }
  return { document: jsonDocument(text, value) };
}

function jsonDocument(text: string, value: unknown): SourceDocument {
  let spans: Spans | undefined;
  return {
    value,
    place(path, part = 'value') {
      spans ??= spansOf(text, []);
      const { start, end } = nearestSpan(spans, path, part);
      return placeAt(text, start, end);
    },
  };
}

function spansOf(text: string, problems: JsonProblem[]): Spans {
  const spans = { values: new Map<string, Span>(), keys: new Map<string, Span>() };
  collect(text, parse(text, { mode: 'json', ranges: true }).body, [], spans, problems);
  return spans;
}

interface Scanned {
  /** Where the text is nested too deep. */
  readonly deep?: number;
  /** Keys of all objects together. */
  readonly keys: number;
}

/**
 * The parsers recurse, so the depth is counted before they run. A string that is not closed counts up to the end of the
 * text: without that, each quote in it would start a search of its own.
 */
function scan(text: string, maxDepth: number): Scanned {
  const token = /"(?:[^"\\]|\\.?)*(?:"|$)|[[\]{}:]/gsu;
  let depth = 0;
  let keys = 0;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found === '[' || found === '{') depth += 1;
    else if (found === ']' || found === '}') depth -= 1;
    else if (found === ':') keys += 1;
    if (depth > maxDepth) return { deep: index, keys };
  }
  return { keys };
}

function keyCount(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children: unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : children.length;
  return children.reduce((sum: number, child) => sum + keyCount(child), own);
}

function invalid(text: string): JsonProblem {
  const { reason, start, end } = jsonError(text) ?? { reason: 'it cannot be read', start: 0, end: 1 };
  return { kind: 'invalid', reason, place: placeAt(text, start, end) };
}

/** Enough to see what is wrong, however often it is. */
const MOST_PROBLEMS = 50;

interface MutableSpans {
  readonly values: Map<string, Span>;
  readonly keys: Map<string, Span>;
}

function collect(
  text: string,
  node: ValueNode,
  path: readonly (string | number)[],
  spans: MutableSpans,
  problems: JsonProblem[],
): void {
  spans.values.set(pathKey(path), spanOf(node));
  if (node.type === 'Array') {
    for (const [index, { value }] of node.elements.entries()) collect(text, value, [...path, index], spans, problems);
  } else if (node.type === 'Object') {
    const seen = new Map<string, Span>();
    for (const member of node.members) {
      const key = keyOf(member);
      const span = spanOf(member.name);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, span);
      else if (problems.length < MOST_PROBLEMS) {
        problems.push({
          kind: 'duplicate-key',
          key,
          first: placeAt(text, first.start, first.end),
          place: placeAt(text, span.start, span.end),
        });
      }
      spans.keys.set(pathKey([...path, key]), span);
      collect(text, member.value, [...path, key], spans, problems);
    }
  }
}

function keyOf(member: MemberNode): string {
  return member.name.type === 'String' ? member.name.value : member.name.name;
}

function spanOf(node: { readonly range?: readonly number[] | undefined }): Span {
  const [start = 0, end = start + 1] = node.range ?? [];
  return { start, end };
}
