import { isMapping, propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { valueImages } from '../../pack/value-images.ts';
import { parseYaml } from '../../pack/yaml-document.ts';
import { UNKNOWN_MARK } from './template/unknown.ts';

const IMAGE_KEY = /image$/iu;

/** The images that a written template names in parts (`repository`, `name` or `image`, `tag` or `version`). */
export function* objectImages(text: string, work: { left: number }): Generator<string> {
  if (!/^\s*repository:/mu.test(text)) return;
  for (const document of text.split(/^---.*$/mu)) {
    if (!document.includes('repository:') || work.left < 0) continue;
    const parsed = parseYaml(document, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
    if (!('document' in parsed)) continue;
    for (const { image } of valueImages(withNames(parsed.document.value, work), { work }))
      if (!image.includes(UNKNOWN_MARK)) yield image;
  }
}

/** Some say `name` for what others call `image`. */
function withNames(value: unknown, work: { left: number }, key: string = ''): unknown {
  work.left -= 1;
  if (work.left < 0) return null;
  if (Array.isArray(value)) return value.map((each: unknown) => withNames(each, work));
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, withNames(each, work, name)] as const);
  const isNamed = IMAGE_KEY.test(key) && propertyOf(value, 'image') === undefined;
  return Object.fromEntries(isNamed ? [...entries, ['image', propertyOf(value, 'name')]] : entries);
}
