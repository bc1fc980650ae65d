import { escapeControl } from '../../model/escape-control.ts';
import { yamlOf } from '../../pack/chart-parts.ts';
import type { Decision, DraftPart } from '../draft-part.ts';
import { newFile } from '../write-files.ts';
import { chartDecisions } from './chart-decisions.ts';
import { chartFacts, textAt } from './chart-facts.ts';
import { chartIcon, type ChartIconOptions } from './chart-icon.ts';
import { chartImages, type ChartImages } from './chart-images.ts';
import { chartNamespaces } from './chart-namespaces.ts';
import { readChartSource, type ChartSourceOptions } from './chart-source.ts';
import { packedChart } from './packed-chart.ts';
import { valuesText } from './values-text.ts';

export interface ReadChartPartOptions extends ChartSourceOptions, ChartIconOptions {}

const REPACKED =
  'The files of the chart lay in no folder of its name, so it was packed anew: its bytes are not those of its makers, its files are.';

/**
 * What a Helm chart puts into a new pack: the packed chart under `charts/<name>-<version>.tgz`, as it is where `source` is
 * a `.tgz` or the HTTP(S) address of one with a folder at its top, and packed where it is the folder of a chart; its values with their comments,
 * the images that it runs, its facts and its icon. Writes nothing. Rejects with `chart-invalid`, `usage`,
 * `archive-refused` where the chart is an attack or has another SHA-256 than it shall, and with what a host's failure is
 * called (`registry-unreachable`, `registry-denied`, …); no message holds credentials.
 */
export async function readChartPart(source: string, options: ReadChartPartOptions = {}): Promise<DraftPart> {
  const packed = await readChartSource(source, options);
  options.signal?.throwIfAborted();
  const { name, path, data, repacked, content } = await packedChart(packed);
  const metadata = yamlOf(content.files.get('Chart.yaml'));
  const facts = chartFacts(metadata);
  const values = await valuesText(content.files.get('values.yaml'));
  const { images, optional, isOff } = listedImages(await chartImages(content));
  const link = textAt(metadata, 'icon');
  const { fetchIcon = packed.fetched && /^https:/iu.test(link ?? '') } = options;
  const icon = link === undefined ? undefined : await chartIcon(link, content, { ...options, fetchIcon });
  const remarks: Decision[] = values.remarks.map((text) => ({ file: 'values.yaml', text: escapeControl(text) }));
  return {
    facts,
    files: [newFile(path, data)],
    charts: [path],
    kubeManifests: [],
    ansibleRoles: [],
    chartValues: new Map([[name, values.text]]),
    ...(values.unusable !== undefined && { unusableValues: values.unusable }),
    namespaces: chartNamespaces(metadata, name),
    images,
    ...(optional.length > 0 && { optionalImages: optional }),
    ...(icon !== undefined && 'png' in icon && { logo: icon.png }),
    decisions: [
      ...(repacked ? [{ file: path, text: REPACKED }] : []),
      ...remarks,
      ...chartDecisions({ path, chart: content, metadata, facts, values, images, isOff }),
      ...(icon !== undefined && 'remark' in icon ? [{ file: 'logo.png', text: escapeControl(icon.remark) }] : []),
    ],
  };
}

/** Where a chart runs nothing unless it is told what, whoever uses it tells it: that is what it is for. */
function listedImages({ images, optional }: ChartImages): ChartImages & { readonly isOff: boolean } {
  const isOff = images.length === 0 && optional.length > 0;
  return isOff ? { images: optional, optional: [], isOff } : { images, optional, isOff };
}
