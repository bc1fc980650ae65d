import { propertyOf } from '../../model/json-value.ts';
import { textAt } from './chart-facts.ts';

/** As Kubernetes takes names of namespaces. Source: RFC 1123, label. */
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/u;
const ANNOTATIONS = ['catalog.cattle.io/namespace'];

/** Where a chart may be installed, most likely first. */
export function chartNamespaces(metadata: unknown, name: string): string[] {
  const annotations = propertyOf(metadata, 'annotations');
  const named = ANNOTATIONS.map((key) => textAt(annotations, key));
  const own = name
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 63);
  return [...new Set([...named, own])].filter((text) => text !== undefined).filter((text) => LABEL.test(text));
}
