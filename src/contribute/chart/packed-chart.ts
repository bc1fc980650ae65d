import { PackyardError } from '../../errors.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { notPortable } from '../../model/portable-path.ts';
import { readChartArchive } from '../../pack/chart-archive.ts';
import { chartContent, type ChartContent } from '../../pack/chart-content.ts';
import { yamlOf } from '../../pack/chart-parts.ts';
import type { PackFile } from '../../pack/pack.ts';
import { tarEntries, type TarEntry } from '../../pack/tar-entries.ts';
import { CHART_HINT, chartInvalid } from './chart-error.ts';
import type { ChartSource } from './chart-source.ts';
import { packedFiles } from './pack-chart.ts';

/** A packed chart that a pack can hold. */
export interface PackedChart {
  readonly name: string;
  readonly version: string;
  /** In the pack. */
  readonly path: string;
  /** The `.tgz`. */
  readonly data: Buffer;
  /** Whether it was packed anew. */
  readonly repacked: boolean;
  readonly content: ChartContent;
}

const YAML_HINT = 'Mend its Chart.yaml, and pack it again.';

/**
 * Opens a packed chart in memory. One whose files lie in no folder is packed anew in one, as most tools want it. Rejects
 * with `chart-invalid`, and `archive-refused` where it is an attack.
 */
export async function packedChart(source: ChartSource): Promise<PackedChart> {
  const { shown } = source;
  const opened = await contentOf(source.data, shown);
  const repacked = 'files' in opened ? undefined : await withFolder(opened.tar, shown);
  const content = 'files' in opened ? opened : await contentOf(repacked ?? source.data, shown);
  if (!('files' in content)) throw chartInvalid(`${shown} is no packed chart.`, CHART_HINT);
  const name = partOf(content, 'name', shown);
  const version = partOf(content, 'version', shown);
  const path = `charts/${name}-${version}.tgz`;
  const reason = notPortable(path);
  const data = repacked ?? source.data;
  if (reason === undefined)
    return { name, version, path, data, repacked: repacked !== undefined, content: { ...content, path } };
  throw chartInvalid(`${shown} cannot be a file of a pack by its name and version: ${reason}.`, YAML_HINT);
}

async function contentOf(data: Buffer, shown: string): Promise<ChartContent | { readonly tar: Buffer }> {
  const archive = await readChartArchive(data);
  if (archive.kind === 'too-large')
    throw chartInvalid(
      `${shown} expands to more than ${formatBytes(LIMITS.chartBytes)}, which no chart of a pack may.`,
      'Leave out of the chart what is not installed.',
    );
  if (archive.kind === 'unreadable') throw chartInvalid(`${shown} is no packed chart: ${archive.reason}.`, CHART_HINT);
  const content = archive.kind === 'chart' ? chartContent('', archive.tar, archive.metadata) : undefined;
  if (content?.files.has('Chart.yaml') !== true) return { tar: archive.tar };
  requireInside([...content.files.keys(), ...entriesOf(archive.tar).map(({ path }) => path)], shown);
  return content;
}

function requireInside(paths: readonly string[], shown: string): void {
  const elsewhere = paths.find((path) => path.split(/[\\/]/u).includes('..'));
  if (elsewhere === undefined) return;
  throw new PackyardError({
    code: 'archive-refused',
    message: `${shown} is refused: it holds ${escapeControl(JSON.stringify(elsewhere))}, which leads out of its folder.`,
    hint: 'No chart that Helm packs does. Ask whoever made it.',
  });
}

/** What lies in a tar as `Chart.yaml` or `./Chart.yaml`, and beside it: Helm takes the latter. */
async function withFolder(tar: Buffer, shown: string): Promise<Buffer> {
  const files = new Map<string, PackFile>();
  for (const { path, data } of entriesOf(tar)) {
    const own = path.replace(/^(?:\.\/)+/u, '');
    if (files.size < LIMITS.packFiles.entries) files.set(own, { path: own, executable: false, data });
  }
  const metadata = files.get('Chart.yaml')?.data;
  if (metadata === undefined || propertyOf(yamlOf(metadata), 'name') === undefined)
    throw chartInvalid(`${shown} is no packed chart: no Chart.yaml that can be read is in its one folder.`, CHART_HINT);
  requireInside([...files.keys()], shown);
  for (const path of files.keys()) {
    const reason = notPortable(path);
    if (reason === undefined) continue;
    const written = escapeControl(JSON.stringify(path.slice(0, 200)));
    throw chartInvalid(`${shown} holds a file that not every system can hold, ${written}: ${reason}.`, YAML_HINT);
  }
  return packedFiles(metadata, [...files.values()]);
}

function entriesOf(tar: Buffer): TarEntry[] {
  try {
    return [...tarEntries(tar)];
  } catch {
    return [];
  }
}

/** Both become part of a path. */
function partOf(content: ChartContent, key: 'name' | 'version', shown: string): string {
  const text = content[key] ?? '';
  if (text === '') throw chartInvalid(`${shown} is no chart: its Chart.yaml has no ${key}.`, YAML_HINT);
  if (/^[a-z\d](?:[a-z\d._+-]*[a-z\d])?$/iu.test(text) && text.length <= 100) return text;
  const written = escapeControl(JSON.stringify(text.slice(0, 100)));
  throw chartInvalid(`${shown} is no chart that Helm takes: its ${key} is ${written}.`, YAML_HINT);
}
