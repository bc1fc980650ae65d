import {
  constructFromEvents,
  CORE_SCHEMA,
  EVENT_ID,
  getScalarValue,
  legacyMapTag,
  mergeTag,
  parseEvents,
  YAMLException,
  type Event,
} from 'js-yaml';

import type { Place } from '../model/finding.ts';
import { placeAt } from './place.ts';
import { nearestSpan, pathKey, type SourceDocument, type Span, type Spans } from './source-document.ts';
import { expandedSize } from './yaml-aliases.ts';
import { duplicateKey } from './yaml-duplicate-key.ts';

/** Why a text is not the YAML that is wanted, and where. */
export type YamlProblem =
  | {
      readonly kind: 'invalid';
      readonly reason: string;
      readonly place: Place;
      /** Where a key stands twice. */
      readonly duplicate?: { readonly key: string; readonly first: Place };
    }
  | { readonly kind: 'too-many-nodes'; readonly place: Place }
  | { readonly kind: 'self-reference'; readonly anchor: string; readonly place: Place };

export type ParsedYaml = { readonly document: SourceDocument } | { readonly problem: YamlProblem };

export interface YamlLimits {
  readonly depth: number;
  /** Values after aliases are expanded. */
  readonly nodes: number;
}

/** Helm's YAML has merge keys, and reads an unquoted `{{ .x }}` as a mapping that is the key of a mapping. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag, legacyMapTag);

/** Parses one YAML document; an empty one has the value `null`. Never throws. */
export function parseYaml(text: string, limits: YamlLimits): ParsedYaml {
  let events: Event[] = [];
  try {
    events = parseEvents(text, { maxDepth: limits.depth });
    const size = expandedSize(text, events, limits.nodes);
    if (size.problem !== undefined) {
      const { offset, ...problem } = size.problem;
      return { problem: { ...problem, place: placeAt(text, offset) } };
    }
    const [value = null, ...more] = constructFromEvents(events, { source: text, schema: SCHEMA });
    if (more.length > 0) {
      const place = secondDocument(text, events);
      return { problem: { kind: 'invalid', reason: 'it holds more than one document', place } };
    }
    return { document: yamlDocument(text, value, events) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { problem: invalid(text, events, error) };
  }
}

function invalid(text: string, events: readonly Event[], error: Error): YamlProblem {
  const kind = 'invalid';
  if (!(error instanceof YAMLException)) return { kind, reason: error.message, place: placeAt(text, 0) };
  const { reason, mark } = error;
  const duplicate = reason === 'duplicated mapping key' ? duplicateKey(text, events) : undefined;
  if (duplicate === undefined) return { kind, reason, place: placeAt(text, mark?.position ?? 0) };
  const { key, first, second } = duplicate;
  return {
    kind,
    reason,
    place: placeAt(text, second.start, second.end),
    duplicate: { key, first: placeAt(text, first.start, first.end) },
  };
}

function secondDocument(text: string, [first]: readonly Event[]): Place {
  const separators = [...text.matchAll(/^---/gmu)];
  const second = separators[first?.type === EVENT_ID.DOCUMENT && first.explicitStart ? 1 : 0];
  return placeAt(text, second?.index ?? 0, text.length);
}

/** Places are looked up only when something is wrong, so they are collected on the first look. */
function yamlDocument(text: string, value: unknown, events: readonly Event[]): SourceDocument {
  let spans: Spans | undefined;
  return {
    value,
    place(path, part = 'value') {
      spans ??= spansOf(text, events);
      const { start, end } = nearestSpan(spans, path, part);
      return placeAt(text, start, end);
    },
  };
}

interface Collection {
  readonly path: readonly (string | number)[];
  readonly mapping: boolean;
  /** Children so far; in a mapping keys and values count alike. */
  count: number;
  key: string;
}

function spansOf(text: string, events: readonly Event[]): Spans {
  const values = new Map<string, Span>();
  const keys = new Map<string, Span>();
  const stack: Collection[] = [];
  const anchored = new Map<string, string>();
  for (const event of events) {
    if (event.type === EVENT_ID.POP) stack.pop();
    if (event.type === EVENT_ID.DOCUMENT) stack.push({ path: [], mapping: false, count: -1, key: '' });
    if (event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) continue;
    const parent = stack.at(-1);
    const isKey = parent?.mapping === true && parent.count % 2 === 0;
    if (parent !== undefined) parent.count += 1;
    const anchor = text.slice(event.anchorStart, event.anchorEnd);
    if (event.type === EVENT_ID.SCALAR && anchor !== '') anchored.set(anchor, getScalarValue(text, event));
    if (isKey && event.type === EVENT_ID.SCALAR) parent.key = getScalarValue(text, event);
    if (isKey && event.type === EVENT_ID.ALIAS) parent.key = anchored.get(anchor) ?? '';
    const path = parent === undefined ? [] : childPath(parent);
    const span = spanOf(event) ?? keys.get(pathKey(path));
    if (span !== undefined) (isKey ? keys : values).set(pathKey(path), span);
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      stack.push({ path, mapping: event.type === EVENT_ID.MAPPING, count: 0, key: '' });
    }
  }
  return { values, keys };
}

function childPath(parent: Collection): readonly (string | number)[] {
  if (parent.count === 0) return parent.path;
  return [...parent.path, parent.mapping ? parent.key : parent.count - 1];
}

/** Undefined for a value that is not written, as in `key:`; it is found at its key, or where its list is. */
function spanOf(event: Exclude<Event, { type: typeof EVENT_ID.POP | typeof EVENT_ID.DOCUMENT }>): Span | undefined {
  if (event.type === EVENT_ID.SCALAR && event.valueStart === -1) return undefined;
  if (event.type === EVENT_ID.SCALAR) return { start: event.valueStart, end: event.valueEnd };
  if (event.type === EVENT_ID.ALIAS) return { start: event.anchorStart, end: event.anchorEnd };
  return { start: event.start, end: event.start + 1 };
}
