import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { Parser, type ReadEntry } from 'tar';

import { LIMITS } from '../model/limits.ts';
import { systemCode } from '../errors.ts';
import { decodeText } from './text.ts';
import { parseYaml } from './yaml-document.ts';

/** What `Chart.yaml` inside a packed chart says. */
export interface ChartMetadata {
  readonly name?: string;
  readonly version?: string;
  readonly appVersion?: string;
}

export type ChartArchive =
  | { readonly kind: 'chart'; readonly metadata: ChartMetadata }
  | { readonly kind: 'no-metadata' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable'; readonly reason: string };

const gunzipAsync = promisify(gunzip);

/** In the one top folder, whatever its name. */
const CHART_YAML = /^(?:\.\/)?(?!\.{1,2}\/)[^/]+\/Chart\.yaml$/u;

/** How much of a tar is parsed at once, in bytes. */
const SLICE = 65_536;

/**
 * Reads a packed chart in memory. It is expanded to its end, so that a cut or damaged archive is noticed, but never
 * beyond the limit, and nothing of it is written anywhere.
 */
export async function readChartArchive(data: Buffer): Promise<ChartArchive> {
  let tar: Buffer;
  try {
    tar = await gunzipAsync(data, { maxOutputLength: LIMITS.chartBytes, chunkSize: 262_144 });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large' };
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
  if (isCompressed(tar)) return { kind: 'unreadable', reason: 'it is compressed twice' };
  return readChartTar(tar);
}

/** The tar parser would expand gzip and zstd by itself, beyond the limit and after the answer was given. */
function isCompressed(data: Buffer): boolean {
  return data.toString('hex', 0, 2) === '1f8b' || data.toString('hex', 0, 4) === '28b52ffd';
}

function readChartTar(tar: Buffer): ChartArchive {
  const found: { chartYaml?: Buffer } = {};
  let problem: string | undefined;
  let entries = 0;
  const parser = new Parser({
    onReadEntry(entry: ReadEntry) {
      entries += 1;
      if (found.chartYaml !== undefined || !CHART_YAML.test(entry.path)) {
        entry.resume();
        return;
      }
      const chunks: Buffer[] = [];
      entry.on('data', (chunk: Buffer) => chunks.push(chunk));
      entry.on('end', () => (found.chartYaml = Buffer.concat(chunks)));
    },
    onwarn: (code, message) => (problem ??= `${code}: ${String(message)}`),
  });
  parser.on('error', (error: Error) => (problem ??= error.message));
  // Helm packs Chart.yaml first: most charts are done after one slice.
  for (let offset = 0; found.chartYaml === undefined && offset < tar.length; offset += SLICE) {
    parser.write(tar.subarray(offset, offset + SLICE));
  }
  if (found.chartYaml === undefined) parser.end();
  if (entries === 0) return { kind: 'unreadable', reason: problem ?? 'it is an empty tar' };
  if (problem !== undefined) return { kind: 'unreadable', reason: problem };
  const metadata = found.chartYaml === undefined ? undefined : parseChartYaml(found.chartYaml);
  return metadata === undefined ? { kind: 'no-metadata' } : { kind: 'chart', metadata };
}

function parseChartYaml(data: Buffer): ChartMetadata | undefined {
  const decoded = decodeText(data);
  if (!('text' in decoded)) return undefined;
  const parsed = parseYaml(decoded.text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  if (!('document' in parsed)) return undefined;
  const { value } = parsed.document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { name, version, appVersion } = value as Record<string, unknown>;
  return { ...text('name', name), ...text('version', version), ...text('appVersion', appVersion) };
}

/** `appVersion: 1.10` is a number to YAML; its digits were lost already, so it is shown as YAML reads it. */
function text<Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: string } {
  if (typeof value !== 'string' && typeof value !== 'number') return {};
  return { [key]: String(value) } as { readonly [K in Key]?: string };
}
