import { fullImage, parseImageReference } from '../../pack/image-reference.ts';
import { indentedYaml } from '../chart/indented-yaml.ts';
import type { DraftImage } from '../draft-part.ts';

/** What `values.yaml` of a new pack is made of. */
export interface ValuesParts {
  readonly namespace?: string;
  /** Lines below `pack:` that its layer wants, not indented. */
  readonly packLines: readonly string[];
  readonly images: readonly DraftImage[];
  /** Those that other values turn on, to stand in comments. */
  readonly optionalImages: readonly DraftImage[];
  /** Texts of values by chart, not indented. */
  readonly charts: ReadonlyMap<string, string>;
  /** Texts of values by manifest, not indented. */
  readonly manifests: ReadonlyMap<string, string>;
  /** Further sections, as they are to stand. */
  readonly sections: string;
  /** Whether the pack is one that has images to list. */
  readonly listsImages: boolean;
}

/** An image as it is listed, and what about it needs a look. */
export interface ListedImage {
  readonly image: string;
  readonly from: string;
  readonly problem?: string;
}

/** Images in full, so that it is clear where they are mirrored from; each once. */
export function listedImages(images: readonly DraftImage[]): ListedImage[] {
  const listed = new Map<string, ListedImage>();
  for (const { image, from } of images) {
    const parsed = parseImageReference(image);
    const full = 'reference' in parsed ? fullImage(parsed.reference) : image;
    if (listed.has(full)) continue;
    const problem = 'reference' in parsed ? problemOf(parsed.reference.tag, parsed.reference.digest) : NO_REFERENCE;
    listed.set(full, { image: full, from, ...(problem !== undefined && { problem }) });
  }
  return [...listed.values()];
}

const NO_REFERENCE = 'This is no image reference.';

function problemOf(tag: string | undefined, digest: string | undefined): string | undefined {
  if (digest !== undefined) return undefined;
  if (tag === undefined) return 'Nothing says which tag is used.';
  return tag === 'latest' ? 'The tag latest means another image every day.' : undefined;
}

/** As they would be listed, less what is. */
export function optionalImages({
  images,
  optionalImages: optional,
}: Pick<ValuesParts, 'images' | 'optionalImages'>): string[] {
  const listed = new Set(listedImages(images).map(({ image }) => image));
  return listedImages(optional)
    .map(({ image }) => image)
    .filter((image) => !listed.has(image));
}

/** Stands in front of what is listed in comments. */
export const OPTIONAL_COMMENT = 'Used with other values only:';

export function valuesText(parts: ValuesParts): string {
  const { namespace, packLines, charts, manifests, sections } = parts;
  const images = listedImages(parts.images);
  const lines = [
    ...(namespace === undefined ? [] : [`namespace: ${JSON.stringify(namespace)}`]),
    ...packLines,
    ...contentLines(images, optionalImages(parts), parts.listsImages),
  ];
  const pack = lines.length === 0 ? 'pack: {}\n' : `pack:\n${indentedYaml(`${lines.join('\n')}\n`, 2)}`;
  return [pack, section('charts', charts), section('manifests', manifests), sections]
    .filter((text) => text !== '')
    .join('\n');
}

function contentLines(images: readonly ListedImage[], optional: readonly string[], listsImages: boolean): string[] {
  if (images.length === 0 && !listsImages) return [];
  if (images.length === 0) {
    return [
      'content:',
      '  # Every image that the pack uses, so that clusters without internet can mirror it.',
      '  images: []',
    ];
  }
  const items = images.flatMap(({ image, from, problem }) => [
    ...(problem === undefined ? [] : [`    # ${problem} Found in ${oneComment(from)}.`]),
    `    - image: ${plainScalar(image)}`,
  ]);
  const comments = optional.map((image) => `    # - image: ${plainScalar(image)}`);
  return [
    'content:',
    '  images:',
    ...items,
    ...(comments.length > 0 ? [`    # ${OPTIONAL_COMMENT}`, ...comments] : []),
  ];
}

function section(name: string, values: ReadonlyMap<string, string>): string {
  if (values.size === 0) return '';
  const blocks = [...values].map(([key, text]) =>
    text.trim() === ''
      ? `  ${plainScalar(key)}: {}\n`
      : `  ${plainScalar(key)}:\n${isOnlyComments(text) ? '    {}\n' : ''}${indentedYaml(text.endsWith('\n') ? text : `${text}\n`, 4)}`,
  );
  return `${name}:\n${blocks.join('\n')}`;
}

function isOnlyComments(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#.*)?$/u.test(line));
}

/** Quoted where YAML could take it for something else than text. */
function plainScalar(text: string): string {
  return /^[A-Za-z][\w./@-]*(?::[\w./@-]+)*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(text)
    ? text
    : JSON.stringify(text);
}

function oneComment(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/gu, ' ').slice(0, 200);
}
