import { LIMITS } from '../model/limits.ts';
import { svgElements, type SvgElement } from './svg-elements.ts';
import { styledReferences } from './svg-styles.ts';

/** Characters that a drawing may have when each reference is replaced by what it names. */
const LARGEST = 8 * LIMITS.svgBytes;
/** How far references may lead to references. */
const DEEPEST = 50;
/** What a reference costs even though it names little or nothing. */
const LEAST = 16;
/** What a mask costs: a picture of its own, as large as the whole. */
const MASK = 2000;

/**
 * Whether the parts of an SVG repeat each other (`<use>`, `url(#…)`) so often that rendering would not end in time: ten
 * references to ten references, ten levels deep, are ten billion in a few lines.
 */
export function growsTooLarge(svg: string): boolean {
  const text = withoutComments(svg);
  const styled = styledReferences(text);
  if (styled === undefined) return true;
  const { all, references } = svgElements(text, styled, LARGEST / LEAST);
  const byId = new Map<string, SvgElement>();
  for (const element of all) {
    const { id } = element;
    // The renderer takes the first of several with one id.
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
  }
  const sizes = new Map<SvgElement, number>();
  const sizeOf = (element: SvgElement, depth: number): number => {
    const known = sizes.get(element);
    if (known !== undefined) return known;
    if (depth > DEEPEST) return Number.POSITIVE_INFINITY;
    // What names its own surroundings finds nothing there: renderers break such circles.
    sizes.set(element, 0);
    let size = element.end - element.start;
    for (let index = element.firstReference; index < element.endReference && size <= LARGEST; index += 1) {
      const target = byId.get(references[index] ?? '');
      size += Math.max(target?.name === 'mask' ? MASK : LEAST, target === undefined ? 0 : sizeOf(target, depth + 1));
    }
    sizes.set(element, size);
    return size;
  };
  const whole = { name: '', start: 0, end: text.length, firstReference: 0, endReference: references.length };
  return sizeOf(whole, 0) > LARGEST;
}

function withoutComments(svg: string): string {
  const [first = '', ...rest] = svg.split('<!--');
  return first + rest.map((part) => part.slice(part.indexOf('-->') + 3)).join('');
}
