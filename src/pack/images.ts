import { propertyOf } from '../model/json-value.ts';

/** What `pack.content.images[].image` of `values.yaml` lists, in its order, each once. */
export function imagesOf(values: unknown): string[] {
  const list = propertyOf(propertyOf(propertyOf(values, 'pack'), 'content'), 'images');
  if (!Array.isArray(list)) return [];
  const images = list.map((item: unknown) => propertyOf(item, 'image'));
  return [...new Set(images.filter((image) => typeof image === 'string' && image !== ''))] as string[];
}
