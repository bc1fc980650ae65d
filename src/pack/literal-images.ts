import { parseImageReference } from './image-reference.ts';

/** An image that a text names, and in which line, counted from 1. */
export interface LiteralImage {
  readonly image: string;
  readonly line: number;
  /** Inside a template's `if`, `with`, `range` or `define`, so that it may never be rendered. */
  readonly conditional: boolean;
}

/** Every text with such a line has this in it. */
export const IMAGE_LINE = 'image: ';

/** Longer lines are data, not what people write. */
const LONGEST_LINE = 1000;
const LINE = /^[ \t]*(?:-[ \t]+)?image: +(?<image>"[^"]*"|'[^']*'|[^\s"'#]+)[ \t\r]*(?:#.*)?$/u;

const OPENING = /\{\{-?[ \t]*(?:if|with|range|define|block)\b/gu;
const CLOSING = /\{\{-?[ \t]*end\b/gu;

/**
 * The images of the lines `image: …` of a text, such as a template, which is not parsed. Lines with a template
 * expression say nothing before they are rendered.
 */
export function* literalImages(text: string): Generator<LiteralImage> {
  if (!text.includes(IMAGE_LINE)) return;
  let line = 0;
  let open = 0;
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    line += 1;
    const source = text.slice(start, Math.min(end, start + LONGEST_LINE));
    if (source.includes('{{')) open += count(source, OPENING) - count(source, CLOSING);
    const image = end - start > LONGEST_LINE ? undefined : imageOfLine(source);
    if (image !== undefined) yield { image, line, conditional: open > 0 };
    start = end + 1;
  }
}

function imageOfLine(line: string): string | undefined {
  const image = LINE.exec(line)?.groups?.['image']?.replaceAll(/^["']|["']$/gu, '') ?? '';
  // A word alone may be anything, such as the type of a field.
  return /[/:@]/u.test(image) && 'reference' in parseImageReference(image) ? image : undefined;
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
