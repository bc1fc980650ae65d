import { propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { withoutTemplates } from '../../pack/without-templates.ts';
import { parseYaml } from '../../pack/yaml-document.ts';

/** What is left of a manifest for one kind of object. */
export interface KindPart {
  /** As in a file name: `deployment`; `other` for documents that do not say. */
  readonly kind: string;
  readonly text: string;
}

/** Parts of a manifest, or why it must stay whole. */
export type SplitManifest = { readonly parts: readonly KindPart[] } | { readonly whole: string };

const MARKER = /^---(?=[ \t\r\n]|$)/gmu;
const KIND_LINE = /^kind:[ \t]+["']?(?<kind>[A-Za-z][A-Za-z0-9]{0,62})["']?[ \t\r]*(?:#.*)?$/mu;
/** Longer documents are not parsed: the line that names the kind is enough. */
const LONGEST_PARSED = 65_536;
/** What other objects need to be there before them. */
const FIRST = ['namespace', 'customresourcedefinition'];

const OPENING = /\{\{-?\s*(?:if|with|range|define|block)\b/gu;
const CLOSING = /\{\{-?\s*end\b/gu;
const SETS_VARIABLE = /\{\{-?\s*\$\w+\s*:?=/u;

/**
 * The documents of a manifest by the kind of their objects: namespaces and custom resource definitions first, then in
 * the order in which kinds first occur. The text of each document stays as it is, with its comments; comments in front
 * of the first belong to it.
 */
export function splitByKind(text: string): SplitManifest {
  const documents = documentsOf(text);
  const reason = documents.map(inseparable).find((each) => each !== undefined);
  if (reason !== undefined) return { whole: reason };
  const groups = new Map<string, string[]>();
  for (const document of documents) {
    const kind = kindOf(document);
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [document]);
    else group.push(document);
  }
  const kinds = [
    ...FIRST.filter((kind) => groups.has(kind)),
    ...[...groups.keys()].filter((kind) => !FIRST.includes(kind)),
  ];
  return { parts: kinds.map((kind) => ({ kind, text: joined(groups.get(kind) ?? []) })) };
}

/** Each with the marker in front of it, where there is one; what holds comments only goes with the next. */
function documentsOf(text: string): string[] {
  const starts = [0, ...Array.from(text.matchAll(MARKER), ({ index }) => index)];
  const documents: string[] = [];
  let from = 0;
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? text.length;
    if (hasContent(text.slice(start, end))) documents.push(text.slice(from, end));
    else if (end < text.length) continue;
    else documents.push((documents.pop() ?? '') + text.slice(from));
    from = end;
  }
  return documents;
}

function hasContent(source: string): boolean {
  return source.split('\n').some((line) => !/^(?:---)?[ \t\r]*(?:#.*)?$/u.test(line));
}

/** Why a document cannot be taken out of its file; undefined when it can. */
function inseparable(document: string): string | undefined {
  if (/^%/mu.test(document.slice(0, 1000)) && /^%[A-Z]/mu.test(document)) return 'it holds YAML directives';
  if (!document.includes('{{')) return undefined;
  const balance = count(document, OPENING) - count(document, CLOSING);
  if (balance !== 0) return 'a block of its template reaches over several documents';
  return SETS_VARIABLE.test(document) ? 'its template sets variables that other documents may use' : undefined;
}

function kindOf(document: string): string {
  const plain = withoutTemplates(document).text;
  const kind = plain.length > LONGEST_PARSED ? undefined : parsedKind(plain);
  const named = kind ?? KIND_LINE.exec(plain)?.groups?.['kind'];
  return named === undefined ? 'other' : named.toLowerCase();
}

function parsedKind(text: string): string | undefined {
  const parsed = parseYaml(text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  const kind = 'document' in parsed ? propertyOf(parsed.document.value, 'kind') : undefined;
  return typeof kind === 'string' && /^[A-Za-z][A-Za-z0-9]{0,62}$/u.test(kind) ? kind : undefined;
}

/** A document that was the first of its file gets a marker where others now stand before it. */
function joined(documents: readonly string[]): string {
  return documents
    .flatMap((document, index) => {
      if (index === 0) return [document];
      const end = documents[index - 1]?.endsWith('\n') === true ? '' : '\n';
      const marker = /^---(?=[ \t\r\n]|$)/mu.test(document) ? '' : '---\n';
      return [end, marker, document];
    })
    .join('');
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
