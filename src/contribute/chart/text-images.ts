import { parseImageReference } from '../../pack/image-reference.ts';

/** An image that stands in a text, and its line, counted from 1. */
export interface TextImage {
  readonly image: string;
  readonly line: number;
}

/** Longer lines are data, not what people write. */
const LONGEST_LINE = 2000;
const KEYED =
  /^[ \t]*(?:-[ \t]+)?["']?(?:[A-Za-z][\w-]*)?[iI]mage["']?[ \t]*:[ \t]+(?<image>"[^"]*"|'[^']*'|[^\s"'#{[][^\s"'#]*)[ \t\r]*(?:#.*)?$/u;
/** With a host that has a dot, a path and a tag or digest: hardly anything else looks like it. */
const WHOLE =
  /(?<![\w./:@%$?&-])(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,24}(?::\d{1,5})?(?:\/[a-z\d][a-z\d._-]*)+(?::(?!\d+\/)\w[\w.-]{0,127})?(?:@sha256:[a-f\d]{64})?(?![\w/:@])/gu;
const ARGUMENT = /(?<![\w-])--(?<flag>[\w-]+)[= ]["']?(?<image>[a-z\d][\w./:@-]*)/gu;

/** The two lines of an environment variable. */
const NAMED = /^[ \t]*-[ \t]+name:[ \t]+["']?\w*IMAGE["']?[ \t\r]*$/u;
const VALUE = /^[ \t]*value:[ \t]+["']?(?<image>[a-z\d][\w./:@-]*)["']?[ \t\r]*$/u;
const DEFAULT = /^[ \t]*default:[ \t]+["']?(?<image>[a-z\d][\w./:@-]*)["']?[ \t\r]*$/u;
const DEFINITION = /^kind:[ \t]*["']?CustomResourceDefinition\b/mu;

/** The images of a text that is written: at keys that say so, in arguments, and whole references anywhere. */
export function* textImages(text: string): Generator<TextImage> {
  let before = 0;
  for (const document of text.split(/^(?=---)/mu)) {
    const found = DEFINITION.test(document) ? definitionImages(document) : imagesOf(document, imagesOfLine);
    for (const { image, line } of found) yield { image, line: before + line };
    before += document.split('\n').length - 1;
  }
}

/** The images that definitions of resources name: what else looks like one in their descriptions is an example. */
export function definitionImages(text: string): Generator<TextImage> {
  return imagesOf(text, (line) => {
    const keyed = keyedImage(line) ?? '';
    const usual = DEFAULT.exec(line)?.groups?.['image'] ?? '';
    return [...(isImage(keyed) ? [keyed] : []), ...(isWhole(usual) ? [usual] : [])];
  });
}

function* imagesOf(text: string, ofLine: (line: string, before: string) => readonly string[]): Generator<TextImage> {
  let before = '';
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > LONGEST_LINE || /^\s*#/u.test(line)) continue;
    for (const image of new Set(ofLine(line, before))) yield { image, line: index + 1 };
    before = line;
  }
}

function imagesOfLine(line: string, before: string): string[] {
  const keyed = keyedImage(line);
  if (keyed !== undefined) return isImage(keyed) ? [keyed] : [];
  if (!/[/:]/u.test(line)) return [];
  const variable = NAMED.test(before) ? (VALUE.exec(line)?.groups?.['image'] ?? '') : '';
  if (variable.includes('/') && isImage(variable)) return [variable];
  const given = [...line.matchAll(ARGUMENT)]
    .filter(({ groups }) => /image/iu.test(groups?.['flag'] ?? ''))
    .map(({ groups }) => groups?.['image'] ?? '')
    .filter(isImage);
  return [...given, ...[...line.matchAll(WHOLE)].map(([found]) => found).filter(isWhole)];
}

function keyedImage(line: string): string | undefined {
  return KEYED.exec(line)
    ?.groups?.['image']?.replaceAll(/^["']|["']$/gu, '')
    .trim();
}

/** A word alone may be anything, such as the type of a field. */
function isImage(text: string): boolean {
  return /[/:@]/u.test(text) && 'reference' in parseImageReference(text);
}

function isWhole(text: string): boolean {
  const parsed = parseImageReference(text);
  if (!('reference' in parsed) || parsed.reference.registry === undefined) return false;
  return (parsed.reference.tag ?? parsed.reference.digest) !== undefined;
}
