import MarkdownIt, { type Token } from 'markdown-it';

import type { Paint } from '../../../check/format-finding.ts';
import { linesText, piece, widthOf, type Piece, type Pieces } from '../pieces.ts';
import { wrap } from '../wrap.ts';
import { blockTree, type Block } from './block-tree.ts';
import { htmlPieces, inlinePieces } from './inline-pieces.ts';
import { markdownTable, type MarkdownCell } from './markdown-table.ts';

/** What no list or quotation in another one may take from a line. */
const LEAST_WIDTH = 20;
const EMPTY: Pieces = [];

/**
 * Markdown as text for a terminal of that many columns: headings, lists, tables, quotations, code, links with their
 * addresses; HTML as its text alone. Nothing of it is obeyed by the terminal. Never throws; takes time in proportion to
 * the text.
 */
export function renderMarkdown(text: string, width: number, paint: Paint): string {
  const parser = new MarkdownIt({ html: true, linkify: false, typographer: false });
  const { unescapeAll } = parser.utils;
  const view = { unescape: (part: string) => unescapeAll(part) };
  return linesText(blocksLines(blockTree(parser.parse(text, {})), width, view), paint);
}

interface View {
  readonly unescape: (text: string) => string;
}

/** Blocks with an empty line between them, unless they stand in a list without any. */
function blocksLines(blocks: readonly Block[], width: number, view: View, tight: boolean = false): Pieces[] {
  const room = Math.max(width, LEAST_WIDTH);
  const shown = blocks.map((block) => blockLines(block, room, view)).filter((lines) => lines.length > 0);
  return shown.flatMap((lines, index) => (index === 0 || tight ? lines : [EMPTY, ...lines]));
}

function blockLines(block: Block, width: number, view: View): Pieces[] {
  const { token, children } = block;
  switch (token.type) {
    case 'inline':
      return inlinePieces(token.children ?? [], view.unescape).flatMap((line) => wrap(line, width));
    case 'heading_open':
      return headingLines(token, children, width, view);
    case 'bullet_list_open':
    case 'ordered_list_open':
      return listLines(block, width, view);
    case 'blockquote_open':
      return blocksLines(children, width - 2, view).map((line) => [piece('│ ', 'dim'), ...line]);
    case 'fence':
    case 'code_block':
      return codeLines(token.content);
    case 'html_block':
      return htmlPieces(token.content, view.unescape).flatMap((line) => wrap(line, width));
    case 'hr':
      return [[piece('─'.repeat(Math.min(width, 40)), 'dim')]];
    case 'table_open':
      return markdownTable(tableRows(block, view), width);
    default:
      return blocksLines(children, width, view);
  }
}

function headingLines({ tag }: Token, children: readonly Block[], width: number, view: View): Pieces[] {
  const lines = blocksLines(children, width, view).map((line) =>
    line.map(({ text, style }): Piece => ({ text, style: style === 'cyan' || style === 'dim' ? style : 'bold' })),
  );
  const rule = { h1: '═', h2: '─' }[tag];
  if (rule === undefined || lines.length === 0) return lines;
  const longest = lines.reduce((most, line) => Math.max(most, widthOf(line)), 0);
  return [...lines, [piece(rule.repeat(Math.min(longest, width)), 'bold')]];
}

function listLines({ token, children }: Block, width: number, view: View): Pieces[] {
  const tight = children.every((item) => item.children.every(isTight));
  const first = Number(token.attrGet('start') ?? 1);
  const markers = children.map((_, index) => (token.type === 'bullet_list_open' ? '•' : `${first + index}.`));
  const column = markers.reduce((most, marker) => Math.max(most, marker.length), 0) + 1;
  const items = children.map((item, index) => {
    const lines = blocksLines(item.children, width - column, view, tight);
    const marker = piece((markers[index] ?? '').padStart(column - 1).padEnd(column));
    return (lines.length === 0 ? [EMPTY] : lines).map((line, row) => [
      row === 0 ? marker : piece(' '.repeat(column)),
      ...line,
    ]);
  });
  return items.flatMap((lines, index) => (index === 0 || tight ? lines : [EMPTY, ...lines]));
}

function isTight({ token }: Block): boolean {
  return token.type !== 'paragraph_open' || token.hidden;
}

/** As it was written, however long its lines are: it is there to be copied. */
function codeLines(content: string): Pieces[] {
  const lines = content.replace(/\n$/u, '').split('\n');
  return lines.map((line) => [piece('    '), piece(line.replaceAll('\t', '    '), 'cyan')]);
}

function tableRows({ children }: Block, view: View): readonly (readonly MarkdownCell[])[] {
  const rows = children.flatMap((part) => part.children);
  return rows.map((row) =>
    row.children.map(({ token, children: [content] }): MarkdownCell => {
      const lines = inlinePieces(content?.token.children ?? [], view.unescape);
      const align = /text-align:(?<align>center|right)/u.exec(String(token.attrGet('style') ?? ''))?.groups?.['align'];
      const pieces = lines.flatMap((line, index) => (index === 0 ? line : [piece(' '), ...line]));
      return { pieces, align: align === 'center' || align === 'right' ? align : 'left' };
    }),
  );
}
