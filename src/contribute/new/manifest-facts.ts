import { imagesOfContainers } from './container-images.ts';
import { literalImages } from '../../pack/literal-images.ts';
import { manifestDocuments } from '../../pack/manifest-documents.ts';
import { propertyOf } from '../../model/json-value.ts';

/** An image that a manifest names. */
export interface ManifestImage {
  readonly image: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What a manifest says about where and what: as far as its text tells without rendering it. */
export interface ManifestFacts {
  /** Each once, by line. */
  readonly images: readonly ManifestImage[];
  /** Most used first; those that the manifest itself makes count as used. */
  readonly namespaces: readonly string[];
  /** Of its objects, each once, in their order. */
  readonly kinds: readonly string[];
  /** Lines whose images only rendering tells. */
  readonly templatedImages: readonly number[];
}

const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;
const TEMPLATED_IMAGE = /^[ \t]*(?:-[ \t]+)?image:[ \t]+[^#\n]*\{\{/u;

export function manifestFacts(text: string): ManifestFacts {
  const images = new Map<string, number>();
  const namespaces = new Map<string, number>();
  const kinds = new Set<string>();
  const found = (image: string, line: number): void => {
    const known = images.get(image);
    if (known === undefined || line < known) images.set(image, line);
  };
  for (const { image, line } of literalImages(text)) found(image, line);
  for (const each of manifestDocuments(text)) {
    if (!('document' in each)) continue;
    const { value, place } = each.document;
    for (const object of objectsOf(value)) {
      const kind = propertyOf(object, 'kind');
      if (typeof kind === 'string' && /^[A-Za-z]\w{0,62}$/u.test(kind)) kinds.add(kind);
      for (const namespace of namespacesOf(object)) namespaces.set(namespace, (namespaces.get(namespace) ?? 0) + 1);
    }
    // What stands for an expression in a templated document is no image.
    if (!each.templated) for (const { image, path } of imagesOfContainers(value)) found(image, place(path).line);
  }
  return {
    images: [...images].map(([image, line]) => ({ image, line })).toSorted((a, b) => a.line - b.line),
    namespaces: [...namespaces].toSorted((a, b) => b[1] - a[1]).map(([namespace]) => namespace),
    kinds: [...kinds],
    templatedImages: templatedLines(text),
  };
}

/** A list stands for the objects in it. */
function objectsOf(value: unknown): readonly unknown[] {
  const items = propertyOf(value, 'kind') === 'List' ? propertyOf(value, 'items') : undefined;
  return Array.isArray(items) ? items : [value];
}

/** Where an expression stood, the document has the letter x. */
function namespacesOf(object: unknown): string[] {
  const metadata = propertyOf(object, 'metadata');
  const own = propertyOf(metadata, 'namespace');
  const made = propertyOf(object, 'kind') === 'Namespace' ? propertyOf(metadata, 'name') : undefined;
  return [own, made].filter(
    (name): name is string => typeof name === 'string' && NAMESPACE.test(name) && !/^x+$/u.test(name),
  );
}

function templatedLines(text: string): number[] {
  if (!text.includes('{{')) return [];
  return text.split('\n').flatMap((line, index) => (TEMPLATED_IMAGE.test(line.slice(0, 1000)) ? [index + 1] : []));
}
