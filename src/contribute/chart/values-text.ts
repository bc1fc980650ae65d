import { isDeepStrictEqual } from 'node:util';

import { isMapping } from '../../model/json-value.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { decodeText } from '../../pack/text.ts';
import { parseYaml } from '../../pack/yaml-document.ts';
import { indentedYaml } from './indented-yaml.ts';

/** The values of a chart as a text that can stand below a key, and what of it needs a look. */
export interface ValuesText {
  /** Not indented, with `\n` at the end of each line; empty where there is nothing, or nothing that can be used. */
  readonly text: string;
  readonly value: unknown;
  /** Sentences. */
  readonly remarks: readonly string[];
  /** Why nothing can be used of what is there. */
  readonly unusable?: string;
}

const YAML_LIMITS = { depth: LIMITS.depth, nodes: LIMITS.yamlNodes };
const NOTHING = { text: '', value: null, remarks: [] };

/** Reads the `values.yaml` of a chart, whose comments are kept where they can be; its value always is. */
export async function valuesText(data: Buffer | undefined): Promise<ValuesText> {
  if (data === undefined || data.length === 0) return NOTHING;
  if (data.length > LIMITS.valuesBytes)
    return unusable(`it is larger than ${formatBytes(LIMITS.valuesBytes)}, more than a pack's values may take`);
  const decoded = decodeText(data);
  if (!('text' in decoded)) return unusable(`it is not UTF-8 (byte ${decoded.badOffset})`);
  const text = firstDocument(decoded.text.replace(/^\uFEFF/u, '').replaceAll(/\r\n?/gu, '\n'));
  const parsed = parseYaml(text, YAML_LIMITS);
  if ('problem' in parsed) {
    const { problem } = parsed;
    const reason = problem.kind === 'invalid' ? problem.reason : 'its aliases make it too large';
    return unusable(`it is not valid YAML (line ${problem.place.line}: ${reason})`);
  }
  const { value } = parsed.document;
  if (value !== null && !isMapping(value)) return unusable('it holds no mapping of keys to values');
  const plain = withoutMarkers(text);
  const kept = [withoutLastLines(plain), plain].map(ended).find((each) => keeps(each, value));
  if (kept !== undefined) return { text: kept.trim() === '' ? '' : kept, value, remarks: [] };
  const { stringify } = await import('yaml');
  const written = ended(stringify(value, { lineWidth: 0 }));
  if (!keeps(written, value)) return unusable('what it says cannot be written below a key');
  const remark =
    'The comments of the values of the chart were lost: its values.yaml is not written in a way that can be moved below a key.';
  return { text: written, value, remarks: [remark] };
}

function unusable(reason: string): ValuesText {
  const remark = `The values of the chart were not taken over, because its values.yaml cannot be used: ${reason}. Write what shall differ from them by hand.`;
  return { ...NOTHING, remarks: [remark], unusable: reason };
}

/** Without the empty lines at its end; a regular expression would look for an end behind each line feed. */
function withoutLastLines(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** Helm reads no further. A marker cannot stand inside of anything. */
function firstDocument(text: string): string {
  const markers = [...text.matchAll(/(?<![^\n])(?:---|\.\.\.)(?=[ \t\n]|$)/gu)];
  const begins = markers[0] !== undefined && !hasContent(text.slice(0, markers[0].index));
  const end = markers[begins ? 1 : 0];
  return end === undefined ? text : text.slice(0, end.index);
}

/** Whether there is more than comments and directives. */
function hasContent(text: string): boolean {
  return /(?<![^\n])[^#%\n]*[^#%\s]/u.test(text);
}

/** Without what may only stand at the beginning of a document. */
function withoutMarkers(text: string): string {
  const marker = /(?<![^\n])---(?=[ \t\n]|$)[ \t]*/u.exec(text);
  if (marker === null || hasContent(text.slice(0, marker.index))) return text;
  const head = text.slice(0, marker.index).replaceAll(/(?<![^\n])%[^\n]*\n/gu, '');
  return head + text.slice(marker.index + marker[0].length).replace(/^\n/u, '');
}

/** Whether a text still says the same where it stands below keys, and before others. */
function keeps(text: string, value: unknown): boolean {
  const below = parseYaml(`charts:\n  chart:\n${indentedYaml(text, 4)}  next: 1\n`, YAML_LIMITS);
  return 'document' in below && isDeepStrictEqual(below.document.value, { charts: { chart: value, next: 1 } });
}
