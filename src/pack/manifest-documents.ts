import type { Place } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import type { SourceDocument } from './source-document.ts';
import { withoutTemplates } from './without-templates.ts';
import { parseYaml, type YamlProblem } from './yaml-document.ts';

/** One document of a manifest; places are those in the whole file. */
export type ManifestDocument = {
  /** It holds template expressions: its document is what stands around them, and its problems are no proof. */
  readonly templated: boolean;
  /** Rendering adds lines of its own, so that what is not there may come yet. */
  readonly open: boolean;
} & ({ readonly document: SourceDocument } | { readonly problem: YamlProblem });

/** Longer documents are generated, such as those of custom resources: reading them takes long and finds nothing. */
const LONGEST_DOCUMENT = 65_536;
/** A manifest of more than that is no manifest: each takes a moment, even an empty one. */
const MOST_DOCUMENTS = 10_000;
const MARKER = /^---(?=[ \t\r\n]|$)/gmu;

/** The YAML documents of a manifest, one after the other, without empty and very long ones; a file that is too large has none. */
export function* manifestDocuments(text: string): Generator<ManifestDocument> {
  if (text.length > LIMITS.valuesBytes) return;
  let start = 0;
  let line = 0;
  let left = MOST_DOCUMENTS;
  for (const end of [...Array.from(text.matchAll(MARKER), ({ index }) => index), text.length]) {
    const source = text.slice(start, end);
    // Directives, such as `%YAML 1.2`, belong to the document behind the marker.
    const isRead = source.length <= LONGEST_DOCUMENT && !source.startsWith('%') && !/^(?:---)?\s*$/u.test(source);
    if (isRead && left > 0) yield manifestDocument(source, line);
    if (isRead) left -= 1;
    line += linesIn(source);
    start = end;
  }
}

function manifestDocument(source: string, linesBefore: number): ManifestDocument {
  const plain = withoutTemplates(source);
  const parsed = parseYaml(plain.text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  const flags = { templated: plain.templated, open: plain.open };
  if ('problem' in parsed) {
    const { problem } = parsed;
    return { ...flags, problem: { ...problem, place: moved(problem.place, linesBefore) } };
  }
  const { value, place } = parsed.document;
  return { ...flags, document: { value, place: (...path) => moved(place(...path), linesBefore) } };
}

function moved(place: Place, lines: number): Place {
  return { ...place, line: place.line + lines };
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
