import { PackyardError } from '../../errors.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { notPortable } from '../../model/portable-path.ts';
import { readChartArchive } from '../../pack/chart-archive.ts';
import { chartContent, type ChartContent } from '../../pack/chart-content.ts';
import { tarEntries } from '../../pack/tar-entries.ts';
import { CHART_HINT, chartInvalid } from './chart-error.ts';
import type { ChartSource } from './chart-source.ts';

/** A packed chart that a pack can hold. */
export interface PackedChart {
  readonly name: string;
  readonly version: string;
  /** In the pack. */
  readonly path: string;
  readonly content: ChartContent;
}

const YAML_HINT = 'Mend its Chart.yaml, and pack it again.';

/** Opens a packed chart in memory. Rejects with `chart-invalid`, and `archive-refused` where it is an attack. */
export async function packedChart({ data, shown }: ChartSource): Promise<PackedChart> {
  const content = await contentOf(data, shown);
  const name = partOf(content, 'name', shown);
  const version = partOf(content, 'version', shown);
  const path = `charts/${name}-${version}.tgz`;
  const reason = notPortable(path);
  if (reason === undefined) return { name, version, path, content: { ...content, path } };
  throw chartInvalid(`${shown} cannot be a file of a pack by its name and version: ${reason}.`, YAML_HINT);
}

async function contentOf(data: Buffer, shown: string): Promise<ChartContent> {
  const archive = await readChartArchive(data);
  if (archive.kind === 'too-large')
    throw chartInvalid(
      `${shown} expands to more than ${formatBytes(LIMITS.chartBytes)}, which no chart of a pack may.`,
      'Leave out of the chart what is not installed.',
    );
  if (archive.kind === 'unreadable') throw chartInvalid(`${shown} is no packed chart: ${archive.reason}.`, CHART_HINT);
  const content = archive.kind === 'chart' ? chartContent('', archive.tar, archive.metadata) : undefined;
  if (content?.files.has('Chart.yaml') !== true) throw withoutMetadata(archive.tar, shown);
  const elsewhere = [...content.files.keys()].find((path) => path.split(/[\\/]/u).includes('..'));
  if (elsewhere === undefined) return content;
  throw new PackyardError({
    code: 'archive-refused',
    message: `${shown} is refused: it holds ${escapeControl(JSON.stringify(elsewhere))}, which leads out of its folder.`,
    hint: 'No chart that Helm packs does. Ask whoever made it.',
  });
}

function withoutMetadata(tar: Buffer, shown: string): PackyardError {
  if (!holdsBareChart(tar))
    return chartInvalid(
      `${shown} is no packed chart: no Chart.yaml that can be read is in its one folder.`,
      CHART_HINT,
    );
  return chartInvalid(
    `${shown} is no chart that Helm can install: its files do not lie in a folder of the chart's name.`,
    'Unpack it into a folder, and name that.',
  );
}

function holdsBareChart(tar: Buffer): boolean {
  try {
    return [...tarEntries(tar)].some(({ path }) => /^(?:\.\/)?Chart\.yaml$/u.test(path));
  } catch {
    return false;
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
