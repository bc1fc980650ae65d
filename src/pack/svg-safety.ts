import { growsTooLarge } from './svg-expansion.ts';

/** Elements that run code, load something, or look different with other fonts. */
const ELEMENTS =
  'script|foreignObject|image|feImage|iframe|audio|video|text|tspan|textPath|tref|animate\\w*|set|filter|handler|listener|a';

const UNSAFE: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/<!DOCTYPE/iu, 'a document type'],
  [/<!ENTITY/iu, 'an entity'],
  [/<!\[CDATA\[/u, 'a CDATA section'],
  [/<\?(?!xml\s)/iu, 'a processing instruction'],
  [/@import/iu, 'an @import rule'],
  [/url\(\s*(?:["']\s*)?(?!#)[^\s"')]/iu, 'a url() to something outside it'],
  [/[\s:](?:href|src)\s*=\s*(?:"(?!#)[^"]|'(?!#)[^'])/iu, 'a link to something outside it'],
  [/\son\w+\s*=/iu, 'an event handler'],
  [/&#/u, 'a character reference'],
  [/\\[0-9a-f]|\\u\\?r\\?l|u\\r\\?l|ur\\l/iu, 'an escape in a style'],
  [/^\uFEFF?\s*<\?xml\s[^>]*encoding\s*=\s*["'](?!utf-8["'])/iu, 'an encoding other than UTF-8'],
  [/\ssystemLanguage\s*=/iu, 'a condition on the language'],
];

/**
 * What makes an SVG unsafe to render, or undefined. It may draw, and nothing else: no code, nothing loaded, no entity
 * that expands, no font or language of the machine it happens to be rendered on.
 */
export function unsafeSvg(svg: string): string | undefined {
  const element = new RegExp(`<(?:[^\\s<>/:]+:)?(${ELEMENTS})[\\s/>]`, 'iu').exec(svg)?.[1];
  if (element !== undefined) return `a <${element}> element`;
  const unsafe = UNSAFE.find(([pattern]) => pattern.test(svg))?.[1];
  return unsafe ?? (growsTooLarge(svg) ? 'parts that repeat each other too often' : undefined);
}
