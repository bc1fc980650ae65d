import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { LIMITS } from '../model/limits.ts';
import { systemCode } from '../errors.ts';
import { decodeText } from './text.ts';
import { tarEntries } from './tar-entries.ts';
import { parseYaml } from './yaml-document.ts';

/** What `Chart.yaml` inside a packed chart says. */
export interface ChartMetadata {
  readonly name?: string;
  readonly version?: string;
  readonly appVersion?: string;
}

export type ChartArchive =
  | { readonly kind: 'chart'; readonly metadata: ChartMetadata; readonly tar: Buffer }
  | { readonly kind: 'no-metadata'; readonly tar: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable'; readonly reason: string };

const gunzipAsync = promisify(gunzip);

/** In the one top folder, whatever its name. Helm takes `.` for one, where the tar was made of what is in a folder. */
const CHART_YAML = /^(?:\.\/|(?:\.\/)?(?!\.{1,2}\/)[^/]+\/)Chart\.yaml$/u;

/**
 * Reads a packed chart in memory. The gzip is expanded to its end, so that one that was cut or damaged is noticed, but
 * never beyond the limit; the tar inside is read up to its Chart.yaml. Nothing of it is written anywhere.
 */
export async function readChartArchive(data: Buffer): Promise<ChartArchive> {
  let tar: Buffer;
  try {
    tar = await gunzipAsync(data, { maxOutputLength: LIMITS.chartBytes, chunkSize: 262_144 });
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large' };
    // Anything but zlib's own complaint, such as a lack of memory, is not the chart's fault.
    if (!(error instanceof Error) || !code.startsWith('Z_')) throw error;
    return { kind: 'unreadable', reason: error.message };
  }
  return readChartTar(tar);
}

function readChartTar(tar: Buffer): ChartArchive {
  let entries = 0;
  try {
    // Helm packs Chart.yaml first: most charts are done after one entry.
    for (const { path, data } of tarEntries(tar)) {
      entries += 1;
      if (!CHART_YAML.test(path)) continue;
      const metadata = parseChartYaml(data);
      return metadata === undefined ? { kind: 'no-metadata', tar } : { kind: 'chart', metadata, tar };
    }
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
  return entries === 0 ? { kind: 'unreadable', reason: 'there is no file in it' } : { kind: 'no-metadata', tar };
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
