import type { Token } from 'markdown-it';

import { piece, type Piece, type Pieces, type Style } from '../pieces.ts';
import { attributeOf, htmlParts } from './html-text.ts';

/** Reads what stands for a character in HTML: `&lt;`. */
export type Unescape = (text: string) => string;

/** What runs along while the parts of a text are read one after the other. */
interface Run {
  readonly lines: Piece[][];
  /** Styles that are open, the innermost last. */
  readonly styles: (Style | undefined)[];
  /** Addresses of links that are open, with where the text of each begins. */
  readonly links: { readonly address: string; text: string }[];
}

const STYLES: Readonly<Record<string, Style>> = { strong: 'bold', em: 'italic', link: 'underline' };

/** Tags that begin a line of their own. */
const BLOCKS = new Set(
  'address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th thead tr ul'.split(
    ' ',
  ),
);

/** The parts of a paragraph as lines, which are still to be wrapped. */
export function inlinePieces(tokens: readonly Token[], unescape: Unescape): Pieces[] {
  const run: Run = { lines: [[]], styles: [], links: [] };
  for (const token of tokens) addToken(run, token, unescape);
  return run.lines;
}

/** The text of HTML as lines, which are still to be wrapped. Lines without any text are left out. */
export function htmlPieces(html: string, unescape: Unescape): Pieces[] {
  const run: Run = { lines: [[]], styles: [], links: [] };
  addHtml(run, html, unescape);
  return run.lines.filter((line) => line.some(({ text }) => text.trim() !== ''));
}

function addToken(run: Run, token: Token, unescape: Unescape): void {
  switch (token.type) {
    case 'text':
      return addText(run, token.content);
    case 'code_inline':
      return addText(run, token.content, 'cyan');
    case 'softbreak':
      return addText(run, ' ');
    case 'hardbreak':
      return void run.lines.push([]);
    case 'html_inline':
      return addHtml(run, token.content, unescape);
    case 'image':
      return addImage(run, plainText(token.children ?? []));
    case 'link_open':
      run.links.push({ address: String(token.attrGet('href') ?? ''), text: '' });
      return void run.styles.push(STYLES['link']);
    case 'link_close':
      run.styles.pop();
      return endLink(run);
    default:
      if (token.nesting === 1) run.styles.push(STYLES[token.type.replace(/_open$/u, '')]);
      else if (token.nesting === -1) run.styles.pop();
  }
}

function addText(
  run: Run,
  text: string,
  style: Style | undefined = run.styles.findLast((each) => each !== undefined),
): void {
  run.lines.at(-1)?.push(piece(text.replaceAll(/\s+/gu, ' '), style));
  const link = run.links.at(-1);
  if (link !== undefined && link.text.length < 4096) link.text += text;
}

function addImage(run: Run, description: string): void {
  addText(run, description.trim() === '' ? '[image]' : `[image: ${description.trim()}]`, 'dim');
}

/** The address of a link behind its text, where the text is another one and the address leads anywhere. */
function endLink(run: Run): void {
  const link = run.links.pop();
  if (link === undefined || !/^(?:https?|mailto):/iu.test(link.address)) return;
  const text = link.text.trim();
  if (link.address === text || link.address === `mailto:${text}`) return;
  addText(run, ` (${link.address})`, 'dim');
}

function addHtml(run: Run, html: string, unescape: Unescape): void {
  for (const part of htmlParts(html)) {
    if (part.kind === 'text') {
      addText(run, unescape(part.text));
      continue;
    }
    const { kind, tag, attributes } = part;
    if (tag === 'br' || BLOCKS.has(tag)) run.lines.push([]);
    if (tag === 'li' && kind === 'open') addText(run, '• ');
    if (tag === 'img' && kind === 'open') addImage(run, unescape(attributeOf(attributes, 'alt') ?? ''));
    if (tag === 'a') {
      if (kind === 'open') run.links.push({ address: unescape(attributeOf(attributes, 'href') ?? ''), text: '' });
      else endLink(run);
    }
  }
}

function plainText(tokens: readonly Token[]): string {
  return tokens.map(({ content, children }) => (children === null ? content : plainText(children))).join('');
}
