import { escapeControl } from '../../model/escape-control.ts';
import { yamlOf } from '../../pack/chart-parts.ts';
import type { Decision, DraftPart } from '../draft-part.ts';
import { newFile } from '../write-files.ts';
import { chartDecisions } from './chart-decisions.ts';
import { chartFacts, textAt } from './chart-facts.ts';
import { chartIcon, type ChartIconOptions } from './chart-icon.ts';
import { chartImages } from './chart-images.ts';
import { chartNamespaces } from './chart-namespaces.ts';
import { readChartSource, type ChartSourceOptions } from './chart-source.ts';
import { packedChart } from './packed-chart.ts';
import { valuesText } from './values-text.ts';

export interface ReadChartPartOptions extends ChartSourceOptions, ChartIconOptions {}

/**
 * What a Helm chart puts into a new pack: the packed chart under `charts/<name>-<version>.tgz`, as it is where `source` is
 * a `.tgz` or the HTTP(S) address of one, and packed where it is the folder of a chart; its values with their comments,
 * the images that it runs, its facts and its icon. Writes nothing. Rejects with `chart-invalid`, `usage`,
 * `archive-refused` where the chart is an attack or has another SHA-256 than it shall, and with what a host's failure is
 * called (`registry-unreachable`, `registry-denied`, …); no message holds credentials.
 */
export async function readChartPart(source: string, options: ReadChartPartOptions = {}): Promise<DraftPart> {
  const packed = await readChartSource(source, options);
  options.signal?.throwIfAborted();
  const { name, path, content } = await packedChart(packed);
  const metadata = yamlOf(content.files.get('Chart.yaml'));
  const facts = chartFacts(metadata);
  const values = await valuesText(content.files.get('values.yaml'));
  const images = await chartImages(content);
  const link = textAt(metadata, 'icon');
  const icon = link === undefined ? undefined : await chartIcon(link, content, options);
  const remarks: Decision[] = values.remarks.map((text) => ({ file: 'values.yaml', text: escapeControl(text) }));
  return {
    facts,
    files: [newFile(path, packed.data)],
    charts: [path],
    kubeManifests: [],
    ansibleRoles: [],
    chartValues: new Map([[name, values.text]]),
    namespaces: chartNamespaces(metadata, name),
    images: images.images,
    ...(images.optional.length > 0 && { optionalImages: images.optional }),
    ...(icon !== undefined && 'png' in icon && { logo: icon.png }),
    decisions: [
      ...remarks,
      ...chartDecisions({ path, chart: content, metadata, facts, values, images }),
      ...(icon !== undefined && 'remark' in icon ? [{ file: 'logo.png', text: escapeControl(icon.remark) }] : []),
    ],
  };
}
