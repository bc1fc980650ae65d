import { escapeControl } from '../../model/escape-control.ts';
import { isMapping, propertyOf } from '../../model/json-value.ts';
import type { ChartContent } from '../../pack/chart-content.ts';
import { chartParts, yamlOf, type ChartPart, type ReadYaml } from '../../pack/chart-parts.ts';
import { fullRepository, parseImageReference } from '../../pack/image-reference.ts';
import { valueImages } from '../../pack/value-images.ts';
import type { DraftImage } from '../draft-part.ts';
import { withPackedCharts } from './chart-files.ts';
import { objectImages } from './object-images.ts';
import { chartTemplates, renderedCharts, type RenderedFile } from './rendered-charts.ts';
import { definitionImages, textImages } from './text-images.ts';

export interface ChartImages {
  /** What runs with the chart's own values. */
  readonly images: readonly DraftImage[];
  /** What runs with other values only. */
  readonly optional: readonly DraftImage[];
}

interface Found extends DraftImage {
  /** In full, without tag and digest. */
  readonly repository: string;
}

const MOST_IMAGES = 500;
const DEFINITIONS = /^((?:charts\/[^/]+\/)*)crds\/.*\.(?:ya?ml|json)$/u;

/**
 * The images that a chart runs, each once, as far as they can be known without a cluster: those of its templates as they
 * are written with its values, of its values, of the charts inside it, and those that its annotations list.
 */
export async function chartImages(chart: ChartContent): Promise<ChartImages> {
  const files = await withPackedCharts(chart.files);
  const templates = chartTemplates(files);
  const read = remembered();
  const parts = chartParts(files, undefined, read);
  const work = { left: 500_000 };
  const images = new Map<string, Found>();
  const optional = new Map<string, Found>();
  const add = (to: Map<string, Found>, all: Iterable<DraftImage>, wanted: (image: Found) => boolean): void => {
    const seen = new Set<string>();
    for (const { image, from } of all) {
      if (seen.has(image) || to.has(image) || to.size === MOST_IMAGES) continue;
      seen.add(image);
      const one = { image, from: escapeControl(`${chart.path}: ${from}`), repository: repositoryOf(image) };
      if (wanted(one)) to.set(image, one);
    }
  };
  const isNew = (image: Found): boolean => ![...images.values()].some((each) => isSame(each, image));
  add(images, templateImages(renderedCharts(templates, parts), work), () => true);
  add(images, definedImages(files, parts, work), () => true);
  // What values say without a template that uses it may lack its registry or be put together in another way.
  add(images, imagesOfValues(parts, work), isNew);
  add(images, annotated(files), isNew);
  add(optional, templateImages(renderedCharts(templates, chartParts(files, allOn(files), read), true), work), isNew);
  const own = [...optional.values()].filter(({ from }) => !from.startsWith(`${chart.path}: charts/`));
  return { images: shown(images.values()), optional: shown(new Set([...own, ...optional.values()])) };
}

/** Reads each file once. */
function remembered(): ReadYaml {
  const known = new Map<Buffer | undefined, unknown>();
  return (data) => {
    if (!known.has(data)) known.set(data, yamlOf(data));
    return known.get(data);
  };
}

function shown(all: Iterable<Found>): DraftImage[] {
  return [...all].map(({ image, from }) => ({ image, from }));
}

function repositoryOf(image: string): string {
  const parsed = parseImageReference(image);
  return 'reference' in parsed ? fullRepository(parsed.reference) : image;
}

/** One may lack the registry, or what stands before the name in it. */
function isSame(one: Found, other: Found): boolean {
  return one.repository === other.repository || one.repository.endsWith(`/${other.image.replace(/[:@].*$/su, '')}`);
}

function* templateImages(rendered: Iterable<RenderedFile>, work: { left: number }): Generator<DraftImage> {
  for (const { path, text } of rendered) {
    for (const { image } of textImages(text)) yield { image, from: path };
    for (const image of objectImages(text, work)) yield { image, from: path };
  }
}

function* definedImages(
  files: ReadonlyMap<string, Buffer>,
  parts: readonly ChartPart[],
  work: { left: number },
): Generator<DraftImage> {
  for (const [path, data] of files) {
    const root = DEFINITIONS.exec(path)?.[1];
    if (root === undefined || work.left < 0 || !parts.some((part) => part.root === root)) continue;
    work.left -= data.length / 64;
    for (const { image } of definitionImages(data.toString('utf8'))) yield { image, from: path };
  }
}

function* imagesOfValues(parts: readonly ChartPart[], work: { left: number }): Generator<DraftImage> {
  for (const { root, values, appVersion, dependencyKeys: without } of parts)
    for (const { image, key } of valueImages(values, { appVersion, without, work }))
      yield { image, from: `${root}values.yaml, ${key}` };
}

/** Values that turn on every chart inside. */
function allOn(files: ReadonlyMap<string, Buffer>): unknown {
  const metadata = yamlOf(files.get('Chart.yaml'));
  const listed = propertyOf(metadata, 'dependencies');
  const values: Record<string, unknown> = {};
  for (const dependency of Array.isArray(listed) ? listed.slice(0, 100) : []) {
    const condition = propertyOf(dependency, 'condition');
    for (const path of typeof condition === 'string' ? condition.split(',').slice(0, 10) : [])
      turnOn(values, path.trim().split('.').slice(0, 10));
    const tags: unknown = propertyOf(dependency, 'tags');
    for (const tag of Array.isArray(tags) ? tags.slice(0, 100) : []) turnOn(values, ['tags', String(tag)]);
  }
  return values;
}

function turnOn(values: Record<string, unknown>, [first = '', ...rest]: readonly string[]): void {
  // A key such as `__proto__` is no name of a chart.
  if (!/^[a-z\d][\w-]*$/iu.test(first)) return;
  if (rest.length === 0) {
    values[first] = true;
    return;
  }
  const inner = Object.hasOwn(values, first) && isMapping(values[first]) ? { ...values[first] } : {};
  turnOn(inner, rest);
  values[first] = inner;
}

/** Source: https://artifacthub.io/docs/topics/annotations/helm/ */
function* annotated(files: ReadonlyMap<string, Buffer>): Generator<DraftImage> {
  const metadata = yamlOf(files.get('Chart.yaml'));
  const text = propertyOf(propertyOf(metadata, 'annotations'), 'artifacthub.io/images');
  const list = typeof text === 'string' ? yamlOf(Buffer.from(text)) : undefined;
  for (const item of Array.isArray(list) ? list : []) {
    const image = propertyOf(item, 'image');
    if (typeof image === 'string' && 'reference' in parseImageReference(image))
      yield { image, from: 'Chart.yaml, annotations.artifacthub.io/images' };
  }
}
