import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { chartContent, readChart, type ChartContent } from '../pack/chart-content.ts';
import { loadPack } from '../pack/load-pack.ts';
import type { Pack, PackFiles } from '../pack/pack.ts';
import { decodeText } from '../pack/text.ts';
import { parseYaml, type ParsedYaml } from '../pack/yaml-document.ts';

/** A pack as the rules of the linter see it: what a build reads of it, and what lies beside and inside that. */
export interface LintPack extends Pack {
  /** Every `.tgz` of the pack that is a chart, listed or not, by path. Each is expanded once. */
  readonly archives: ReadonlyMap<string, ChartContent>;
  /** Paths that are left out of releases as junk. */
  readonly junk: readonly string[];
  /** A file's text; undefined when there is no such file, or when it is not UTF-8. Read once. */
  text(path: string): string | undefined;
  /** A file as one YAML document; undefined when it has no text. Parsed once. */
  yaml(path: string): ParsedYaml | undefined;
}

/** Reads everything that rules look at. `readFindings` are those about the files themselves. */
export async function loadLintPack(
  files: PackFiles,
  readFindings: readonly Finding[] = [],
  junk: readonly string[] = [],
): Promise<LintPack> {
  const archives = new Map<string, ChartContent>();
  const seen = new Set<string>();
  const pack = await loadPack(files, readFindings, ({ path }, tar, metadata) => {
    seen.add(path);
    const content = chartContent(path, tar, metadata);
    if (content !== undefined) archives.set(path, content);
  });
  for (const file of files.values()) {
    if (seen.has(file.path) || !file.path.endsWith('.tgz')) continue;
    const content = await readChart(file);
    if (content !== undefined) archives.set(file.path, content);
  }
  const text = remembered((path) => textOf(files, path));
  const yaml = remembered((path) => {
    const source = text(path);
    return source === undefined ? undefined : parseYaml(source, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  });
  return { ...pack, archives, junk, text, yaml };
}

function textOf(files: PackFiles, path: string): string | undefined {
  const data = files.get(path)?.data;
  const decoded = data === undefined ? undefined : decodeText(data);
  return decoded !== undefined && 'text' in decoded ? decoded.text : undefined;
}

function remembered<Value>(make: (path: string) => Value): (path: string) => Value {
  const known = new Map<string, Value>();
  return (path) => {
    if (!known.has(path)) known.set(path, make(path));
    return known.get(path) as Value;
  };
}
