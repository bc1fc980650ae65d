import { LIMITS } from '../model/limits.ts';
import { decodeText } from '../pack/text.ts';
import { parseYaml } from '../pack/yaml-document.ts';

/** Files of a chart by their paths from its top folder. */
export type ChartFiles = ReadonlyMap<string, Buffer>;

const known = new WeakMap<Buffer, { readonly value: unknown }>();

/** The value of a file as YAML; undefined when there is none, or it cannot be read as that. Parsed once. */
export function chartFileValue(data: Buffer | undefined): unknown {
  if (data === undefined) return undefined;
  const parsed = known.get(data) ?? { value: yamlValue(data) };
  known.set(data, parsed);
  return parsed.value;
}

function yamlValue(data: Buffer): unknown {
  const decoded = data.length > LIMITS.valuesBytes ? undefined : decodeText(data);
  if (decoded === undefined || !('text' in decoded)) return undefined;
  const parsed = parseYaml(decoded.text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  return 'document' in parsed ? parsed.document.value : undefined;
}
