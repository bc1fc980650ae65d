import type { Finding, Place } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { findingOf } from './finding-of.ts';
import { kindOf } from '../model/json-value.ts';
import type { LoadedDocument } from './load-manifest.ts';
import { VALUES_FILE, type PackFiles } from './pack.ts';
import { decodeText } from './text.ts';
import { parseYaml, type YamlProblem } from './yaml-document.ts';

/** Parses `values.yaml`, which may be empty; says in findings why it is no YAML mapping. */
export function loadValues(files: PackFiles): LoadedDocument {
  const data = files.get(VALUES_FILE)?.data;
  if (data === undefined) return { findings: [findingOf('values/missing', VALUES_FILE, {})] };
  if (data.length > LIMITS.valuesBytes)
    return { findings: [findingOf('values/too-large', VALUES_FILE, { limit: LIMITS.valuesBytes })] };
  const decoded = decodeText(data);
  if (!('text' in decoded))
    return { findings: [findingOf('values/not-utf8', VALUES_FILE, { offset: decoded.badOffset })] };
  const parsed = parseYaml(decoded.text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  if (!('document' in parsed)) return { findings: [describe(parsed.problem)] };
  const { document } = parsed;
  if (document.value !== null && (typeof document.value !== 'object' || Array.isArray(document.value))) {
    return {
      findings: [
        findingOf(
          'values/not-a-mapping',
          VALUES_FILE,
          { found: kindOf(document.value) },
          { place: document.place([]) },
        ),
      ],
    };
  }
  return { document, findings: [] };
}

function describe(problem: YamlProblem): Finding {
  if (problem.kind === 'invalid') return invalid(problem);
  const { place } = problem;
  if (problem.kind === 'too-many-nodes')
    return findingOf('values/too-many-nodes', VALUES_FILE, { limit: LIMITS.yamlNodes }, { place });
  return findingOf('values/self-reference', VALUES_FILE, { anchor: problem.anchor }, { place });
}

function invalid({ reason, place, duplicate }: YamlProblem & { readonly kind: 'invalid' }): Finding {
  if (duplicate !== undefined) {
    const { key, first } = duplicate;
    return findingOf('values/duplicate-key', VALUES_FILE, { key, firstLine: first.line }, { place });
  }
  const tab = tabInIndentation(place);
  if (tab !== undefined) return findingOf('values/tab', VALUES_FILE, {}, { place: tab });
  return findingOf('values/invalid-yaml', VALUES_FILE, { reason }, { place });
}

/** The parser names the tab in some cases only; in others it stumbles over what stands behind it. */
function tabInIndentation(place: Place): Place | undefined {
  const [indentation = ''] = /^[ \t-]*/u.exec(place.source) ?? [];
  const start = indentation.indexOf('\t');
  if (start === -1 || place.column > indentation.length + 1) return undefined;
  const { length } = /^\t+/u.exec(indentation.slice(start))?.[0] ?? '\t';
  return { ...place, column: start + 1, endColumn: start + 1 + length };
}
