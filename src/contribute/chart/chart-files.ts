import { LIMITS } from '../../model/limits.ts';
import { readChartArchive } from '../../pack/chart-archive.ts';
import { chartContent } from '../../pack/chart-content.ts';

const PACKED = /^((?:charts\/[^/]+\/)*charts\/)[^/]+\.tgz$/u;
const MOST_PACKED = 50;
const DEEPEST = 4;

/**
 * The files of a chart with those of the charts that lie packed below its `charts/`, as if they were not packed. What
 * cannot be read, or is too much, is left out.
 */
export async function withPackedCharts(files: ReadonlyMap<string, Buffer>): Promise<ReadonlyMap<string, Buffer>> {
  const all = new Map(files);
  let room: number = LIMITS.chartBytes;
  let count = 0;
  let packed = [...files].filter(([path]) => PACKED.test(path));
  for (let depth = 0; depth < DEEPEST && packed.length > 0; depth += 1) {
    const next: [string, Buffer][] = [];
    for (const [path, data] of packed) {
      if (count === MOST_PACKED || room < 0) return all;
      count += 1;
      const archive = await readChartArchive(data);
      const inner = archive.kind === 'chart' ? chartContent(path, archive.tar, archive.metadata) : undefined;
      if (archive.kind === 'chart') room -= archive.tar.length;
      if (inner === undefined || room < 0) continue;
      const folder = `${PACKED.exec(path)?.[1] ?? ''}${inner.folder}/`;
      if (all.has(`${folder}Chart.yaml`)) continue;
      for (const [name, each] of inner.files) {
        all.set(folder + name, each);
        if (PACKED.test(folder + name)) next.push([folder + name, each]);
      }
    }
    packed = next;
  }
  return all;
}
