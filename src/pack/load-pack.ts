import type { Finding, Place } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import type { ReleaseChart } from '../model/registry.ts';
import { readChartArchive, type ChartMetadata } from './chart-archive.ts';
import { findingOf } from './finding-of.ts';
import { imagesOf } from './images.ts';
import { loadManifest } from './load-manifest.ts';
import { loadValues } from './load-values.ts';
import { stringsAt } from '../model/json-value.ts';
import { pathInPack } from './pack-path.ts';
import { MANIFEST_FILE, type Pack, type PackFile, type PackFiles } from './pack.ts';
import type { SourceDocument } from './source-document.ts';

/** Is given the tar inside of each chart that could be read. */
export type OnChart = (file: PackFile, tar: Buffer, metadata: ChartMetadata) => void;

/** Makes a pack of its files: parses what is to be parsed and looks into its charts. */
export async function loadPack(
  files: PackFiles,
  readFindings: readonly Finding[] = [],
  onChart: OnChart = () => undefined,
): Promise<Pack> {
  const manifest = loadManifest(files);
  const values = loadValues(files);
  const charts = await loadCharts(files, manifest.document, onChart);
  return {
    files,
    ...(manifest.document !== undefined && { manifest: manifest.document }),
    ...(values.document !== undefined && { values: values.document }),
    charts: charts.charts,
    images: imagesOf(values.document?.value),
    findings: [...readFindings, ...manifest.findings, ...values.findings, ...charts.findings],
  };
}

interface LoadedCharts {
  readonly charts: readonly ReleaseChart[];
  readonly findings: readonly Finding[];
}

async function loadCharts(
  files: PackFiles,
  manifest: SourceDocument | undefined,
  onChart: OnChart,
): Promise<LoadedCharts> {
  const charts: ReleaseChart[] = [];
  const findings: Finding[] = [];
  const seen = new Set<PackFile>();
  for (const [index, path] of stringsAt(manifest?.value, 'charts').entries()) {
    const file = files.get(pathInPack(path) ?? '');
    // A chart that is listed twice is expanded once.
    if (manifest === undefined || file === undefined || seen.has(file)) continue;
    seen.add(file);
    const at = (): { readonly place: Place } => ({ place: manifest.place(['charts', index]) });
    const archive = await readChartArchive(file.data);
    if ('tar' in archive) onChart(file, archive.tar, 'metadata' in archive ? archive.metadata : {});
    if (archive.kind === 'chart') charts.push({ path: file.path, ...archive.metadata });
    else if (archive.kind === 'too-large') {
      findings.push(findingOf('chart/too-large', MANIFEST_FILE, { path, limit: LIMITS.chartBytes }, at()));
    } else if (archive.kind === 'unreadable') {
      findings.push(findingOf('chart/unreadable', MANIFEST_FILE, { path, reason: archive.reason }, at()));
    } else {
      charts.push({ path: file.path });
      findings.push(findingOf('chart/no-metadata', MANIFEST_FILE, { path }, { ...at(), severity: 'warning' }));
    }
  }
  return { charts, findings };
}
