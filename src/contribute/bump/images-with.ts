import { propertyOf } from '../../model/json-value.ts';
import type { ChartContent } from '../../pack/chart-content.ts';
import { yamlOf } from '../../pack/chart-parts.ts';
import { mergedValues } from '../../pack/merged-values.ts';
import { chartImages } from '../chart/chart-images.ts';

/** The images of a chart. */
export interface KnownImages {
  /** What runs as its values are. */
  readonly used: readonly string[];
  /** What runs with other values, such as those that the chart has of its own. */
  readonly optional: readonly string[];
}

/** The images of a chart with what a `values.yaml` says under its name laid over its own values. */
export async function imagesWith(chart: ChartContent, valuesText: string, name: string): Promise<KnownImages> {
  const overrides = propertyOf(propertyOf(yamlOf(Buffer.from(valuesText)), 'charts'), name);
  const values = mergedValues(yamlOf(chart.files.get('values.yaml')), overrides ?? undefined);
  const files = new Map([...chart.files, ['values.yaml', Buffer.from(JSON.stringify(values ?? {}))]]);
  const [own, overridden] = [await chartImages(chart), await chartImages({ ...chart, files })];
  const namesOf = (images: typeof own.images): string[] => images.map(({ image }) => image);
  const optional = [...namesOf(overridden.optional), ...namesOf(own.images), ...namesOf(own.optional)];
  return { used: namesOf(overridden.images), optional };
}
