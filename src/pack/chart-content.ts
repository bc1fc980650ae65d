import { LIMITS } from '../model/limits.ts';
import { readChartArchive, type ChartMetadata } from './chart-archive.ts';
import type { PackFile } from './pack.ts';
import { tarEntries } from './tar-entries.ts';

/** A packed chart, read in memory. */
export interface ChartContent extends ChartMetadata {
  /** Path of the `.tgz` in the pack. */
  readonly path: string;
  /** Name of the folder at the top of the archive; usually the chart's name, and `.` where there is none. */
  readonly folder: string;
  /** Files by their paths below that folder, such as `Chart.yaml`; paths are not to be trusted. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** What a `.tgz` of a pack holds; undefined when it is no chart that can be read. */
export async function readChart(file: PackFile): Promise<ChartContent | undefined> {
  const archive = await readChartArchive(file.data);
  return 'tar' in archive
    ? chartContent(file.path, archive.tar, 'metadata' in archive ? archive.metadata : {})
    : undefined;
}

/** What the tar of a chart holds; undefined where it is damaged. */
export function chartContent(path: string, tar: Buffer, metadata: ChartMetadata): ChartContent | undefined {
  const files = new Map<string, Buffer>();
  let folder: string | undefined;
  try {
    const entries = [...tarEntries(tar)];
    const isFlat = entries.some(({ path: own }) => own === './Chart.yaml');
    for (const entry of entries) {
      const [top = '', ...rest] = (isFlat ? entry.path : entry.path.replace(/^\.\//u, '')).split('/');
      folder ??= top;
      if (top === folder && rest.length > 0 && files.size < LIMITS.packFiles.entries)
        files.set(rest.join('/'), entry.data);
    }
  } catch {
    // It was said of the archive already, where it is listed.
    return undefined;
  }
  return folder === undefined ? undefined : { path, folder, files, ...metadata };
}
