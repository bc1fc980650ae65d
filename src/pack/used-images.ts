import { basename, extname } from 'node:path/posix';

import type { ChartContent } from './chart-content.ts';
import { chartParts, yamlOf, type ChartPart, type ReadYaml } from './chart-parts.ts';
import { propertyOf, stringsAt } from '../model/json-value.ts';
import { IMAGE_LINE, literalImages } from './literal-images.ts';
import { pathInPack } from './pack-path.ts';
import type { SourceDocument } from './source-document.ts';
import { valueImages } from './value-images.ts';

/** An image that a pack's charts or manifests use, and one place where they say so. */
export interface UsedImage {
  /** As it is written there, or put together of its parts. */
  readonly image: string;
  /** Path of the chart or manifest in the pack; `values.yaml` for values of manifests. */
  readonly file: string;
  /** Path inside the chart, below its top folder. */
  readonly inside?: string;
  /** Where it stands in values: keys joined by dots. */
  readonly key?: string;
  /** Where it stands in a template or manifest, counted from 1. */
  readonly line?: number;
  /** Only a template that may never be rendered says so. */
  readonly conditional: boolean;
}

/** What of a pack is looked at. */
export interface ImageSource {
  readonly manifest?: SourceDocument;
  readonly values?: SourceDocument;
  readonly archives: ReadonlyMap<string, ChartContent>;
  text(path: string): string | undefined;
}

interface Work {
  /** Values that may still be looked at. */
  left: number;
  /** Characters of templates and manifests that may still be read. */
  text: number;
}

const MOST_IMAGES = 1000;
const TEMPLATE = /^(?<root>(?:charts\/[^/]+\/)*)(?:templates|crds)\/(?!tests?\/)(?:[^/]+\/)*[^/]+\.ya?ml$/u;

/**
 * The images that the charts and manifests of a pack use, each once, as far as values and text name them without
 * rendering: those of charts' values with the pack's own over them, of lines in templates, and of manifests. `read` parses
 * a file of a chart.
 */
export function usedImages(source: ImageSource, read: ReadYaml = yamlOf): UsedImage[] {
  const images = new Map<string, UsedImage>();
  for (const used of allImages(source, read)) {
    if (images.size === MOST_IMAGES) break;
    const known = images.get(used.image);
    if (known === undefined || (known.conditional && !used.conditional)) images.set(used.image, used);
  }
  return [...images.values()];
}

function* allImages(source: ImageSource, read: ReadYaml): Generator<UsedImage> {
  const work = { left: 500_000, text: 33_554_432 };
  for (const path of listed(source, 'charts')) {
    const chart = source.archives.get(path);
    if (chart === undefined) continue;
    const overrides = propertyOf(propertyOf(source.values?.value, 'charts'), chart.name ?? chart.folder);
    for (const used of chartImages(chart, overrides, work, read)) yield { ...used, file: path };
  }
  for (const path of listed(source, 'kubeManifests')) {
    for (const literal of imagesOfText(source.text(path) ?? '', work)) yield { ...literal, file: path };
    const name = basename(path, extname(path));
    const values = propertyOf(propertyOf(source.values?.value, 'manifests'), name);
    for (const { image, key } of valueImages(values, { work }))
      yield { image, file: 'values.yaml', key: `manifests.${name}.${key}`, conditional: false };
  }
}

function listed({ manifest }: ImageSource, key: string): Set<string> {
  return new Set(stringsAt(manifest?.value, key).flatMap((path) => pathInPack(path) ?? []));
}

function* chartImages(
  { files }: ChartContent,
  overrides: unknown,
  work: Work,
  read: ReadYaml,
): Generator<Omit<UsedImage, 'file'>> {
  const parts = new Map<string, ChartPart>();
  for (const part of chartParts(files, overrides, read)) {
    parts.set(part.root, part);
    const { appVersion, dependencyKeys: without } = part;
    for (const { image, key } of valueImages(part.values, { appVersion, without, work }))
      yield { image, inside: `${part.root}values.yaml`, key, conditional: false };
  }
  for (const [path, data] of files) {
    const root = TEMPLATE.exec(path)?.groups?.['root'];
    if (root === undefined || !parts.has(root) || data.length > work.text || !data.includes(IMAGE_LINE)) continue;
    for (const literal of imagesOfText(data.toString('utf8'), work)) yield { ...literal, inside: path };
  }
}

function* imagesOfText(text: string, work: Work): ReturnType<typeof literalImages> {
  if (text.length > work.text) return;
  work.text -= text.length;
  yield* literalImages(text);
}
