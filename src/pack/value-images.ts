import { parseImageReference } from './image-reference.ts';
import { propertyOf } from '../model/json-value.ts';

/** An image that values name, and under which keys. */
export interface ValueImage {
  readonly image: string;
  /** Keys and indexes, joined by dots. */
  readonly key: string;
}

export interface ValueImageOptions {
  /** Stands for a tag that is missing or empty, as charts have it. */
  readonly appVersion?: string | undefined;
  /** Keys at the top that are not looked at. */
  readonly without?: ReadonlySet<string>;
  /** How many values may be looked at; counted down. */
  readonly work: { left: number };
}

const IMAGE_KEY = /^(?:image|.*Image)$/u;
/** What `helm test` starts is not part of what runs. */
const TEST_KEY = /^tests?(?:[A-Z]|$)/u;
const SWITCHES = ['enabled', 'enable', 'install'];
const TAGS = ['tag', 'imageTag', 'version', 'imageVersion'];

/**
 * The images that the values of a chart name in the usual forms: as one text, or in parts (`registry`, `repository`,
 * `image`, `tag`, `digest`). What is turned off with `enabled: false` is not used, and so are its images.
 */
export function* valueImages(values: unknown, options: ValueImageOptions): Generator<ValueImage> {
  yield* imagesIn(values, [], options);
}

function* imagesIn(
  value: unknown,
  path: readonly (string | number)[],
  options: ValueImageOptions,
): Generator<ValueImage> {
  options.work.left -= 1;
  if (typeof value !== 'object' || value === null || options.work.left < 0) return;
  if (SWITCHES.some((key) => propertyOf(value, key) === false)) return;
  if (!Array.isArray(value)) yield* imagesOfMapping(value, path, options);
  for (const [key, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    if (options.work.left < 0) return;
    const left = path.length === 0 && options.without?.has(String(key)) === true;
    if (!left && !TEST_KEY.test(String(key))) yield* imagesIn(child, [...path, key], options);
  }
}

function* imagesOfMapping(
  mapping: object,
  path: readonly (string | number)[],
  options: ValueImageOptions,
): Generator<ValueImage> {
  const inParts = imageInParts(mapping, path, options);
  if (inParts !== undefined) {
    if (isReference(inParts)) yield { image: inParts, key: path.join('.') };
    return;
  }
  for (const [key, value] of Object.entries(mapping)) {
    if (typeof value !== 'string' || value === '' || !IMAGE_KEY.test(key)) continue;
    const tags = key === 'image' ? TAGS : [`${key}Tag`, `${key}Version`];
    const image = withTag(value, textAt(mapping, ...tags), textAt(mapping, 'digest'));
    // A word alone may be anything, such as the name of a flavour.
    if (/[/:@]/u.test(image) && isReference(image)) yield { image, key: [...path, key].join('.') };
  }
}

/** Undefined for a mapping that is no image in parts. */
function imageInParts(
  mapping: object,
  path: readonly (string | number)[],
  { appVersion }: ValueImageOptions,
): string | undefined {
  const repository = textAt(mapping, 'repository');
  const name = textAt(mapping, 'image');
  const registry = textAt(mapping, 'registry', 'defaultRegistry');
  const isImage = IMAGE_KEY.test(String(path.at(-1))) || Object.hasOwn(mapping, 'tag');
  let full: string;
  if (repository !== '' && name !== '') full = `${repository}/${name}`;
  else if (repository !== '' && isImage) full = repository;
  else if (registry !== '' && isImage && name !== '') full = name;
  else return undefined;
  const parsed = parseImageReference(full);
  const hasRegistry = 'reference' in parsed && parsed.reference.registry !== undefined;
  const image = registry === '' || hasRegistry ? full : `${registry.replace(/\/$/u, '')}/${full}`;
  const digest = textAt(mapping, 'digest', 'sha');
  const tag = textAt(mapping, ...TAGS);
  return withTag(image, tag === '' && digest === '' ? (appVersion ?? '') : tag, digest);
}

function withTag(image: string, tag: string, digest: string): string {
  const parsed = parseImageReference(image);
  if (!('reference' in parsed) || parsed.reference.digest !== undefined) return image;
  const tagged = tag === '' || parsed.reference.tag !== undefined ? image : `${image}:${tag}`;
  return digest.includes(':') ? `${tagged}@${digest}` : tagged;
}

function isReference(image: string): boolean {
  return 'reference' in parseImageReference(image);
}

/** The first of some keys that holds text; numbers count, since tags such as `1.2` are numbers to YAML. */
function textAt(mapping: object, ...keys: readonly string[]): string {
  for (const key of keys) {
    const value = propertyOf(mapping, key);
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return String(value);
  }
  return '';
}
