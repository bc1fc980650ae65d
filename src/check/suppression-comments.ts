/** A comment that allows findings: `packyard: allow <rule>[, <rule>…] -- <reason>`. */
export interface SuppressionComment {
  /** The line it is on, from 1. */
  readonly line: number;
  /** Offsets of its words in the whole text, from `packyard:` on. */
  readonly start: number;
  readonly end: number;
  /** The line that it is for; undefined for the whole file (`allow-file`). */
  readonly target?: number;
  /** As written, not necessarily rules. */
  readonly rules: readonly string[];
  readonly hasReason: boolean;
}

type CommentStyle = 'yaml' | 'markdown';

const STYLES: readonly (readonly [RegExp, CommentStyle])[] = [
  [/\.ya?ml$/iu, 'yaml'],
  [/\.(?:md|markdown)$/iu, 'markdown'],
];

const MARK = 'packyard:';
const VERB = /^packyard:\s*(?<verb>allow(?:-file)?)(?=\s|$)/u;
const DASHES = /(?:^|\s)(?:--|–|—)(?=\s|$)/u;
const FENCE = /^ {0,3}(?:`{3,}|~{3,})/u;

/** The comments of a file that allow findings, from top to bottom; none where its format has no comments. */
export function suppressionComments(file: string, text: string): SuppressionComment[] {
  const style = STYLES.find(([names]) => names.test(file))?.[1];
  if (style === undefined || !text.includes(MARK)) return [];
  const comments: SuppressionComment[] = [];
  /** Those alone on their lines, which are for the next line that is not another of them. */
  let waiting: SuppressionComment[] = [];
  let fence = '';
  let start = 0;
  for (const [index, source] of text.split('\n').entries()) {
    const line = index + 1;
    const mark = style === 'markdown' ? FENCE.exec(source)?.[0].trimStart() : undefined;
    if (mark !== undefined && (fence === '' || mark.startsWith(fence))) fence = fence === '' ? mark : '';
    const words = fence === '' ? commentIn(source, style) : undefined;
    const comment = words === undefined ? undefined : parseWords(words, line, start);
    if (comment !== undefined && comment.target === undefined) comments.push(comment);
    else if (comment !== undefined && words?.alone === true) waiting.push(comment);
    else {
      comments.push(...waiting.map((earlier) => ({ ...earlier, target: line })));
      waiting = [];
      if (comment !== undefined) comments.push(comment);
    }
    start += source.length + 1;
  }
  return [...comments, ...waiting].toSorted((a, b) => a.line - b.line);
}

interface Words {
  /** In the line. */
  readonly start: number;
  readonly text: string;
  /** Whether nothing but the comment is on the line. */
  readonly alone: boolean;
}

function commentIn(line: string, style: CommentStyle): Words | undefined {
  for (let start = line.indexOf(MARK); start !== -1; start = line.indexOf(MARK, start + MARK.length)) {
    const before = line.slice(0, start).trimEnd();
    if (opens(before, style) && VERB.test(line.slice(start))) return wordsFrom(line, start, before, style);
  }
  return undefined;
}

/**
 * In YAML, `#` begins a comment at the start of a line and after white space. So it does inside strings and block
 * scalars here, where it is none: whoever writes these words there, as in a manifest inside values, means them all the
 * same. In Markdown, a comment between backticks is shown, and is none.
 */
function opens(before: string, style: CommentStyle): boolean {
  return style === 'yaml' ? /(?:^|\s)#$/u.test(before.slice(-2)) : /(?:^|[^`])<!--$/u.test(before.slice(-5));
}

function wordsFrom(line: string, start: number, before: string, style: CommentStyle): Words | undefined {
  if (style === 'yaml') return { start, text: line.slice(start).trimEnd(), alone: before.trimStart() === '#' };
  const close = line.indexOf('-->', start);
  if (close === -1) return undefined;
  const alone = before.trimStart() === '<!--' && line.slice(close + 3).trim() === '';
  return { start, text: line.slice(start, close).trimEnd(), alone };
}

function parseWords({ text, start }: Words, line: number, lineStart: number): SuppressionComment | undefined {
  const verb = VERB.exec(text);
  if (verb === null) return undefined;
  const rest = text.slice(verb[0].length);
  const dashes = DASHES.exec(rest);
  return {
    line,
    start: lineStart + start,
    end: lineStart + start + text.length,
    ...(verb.groups?.['verb'] === 'allow' && { target: line }),
    rules: rulesIn(dashes === null ? rest : rest.slice(0, dashes.index)),
    hasReason: dashes !== null && rest.slice(dashes.index + dashes[0].length).trim() !== '',
  };
}

/** The words that look like rules; the first is one whatever it looks like. Others are a reason that lacks its dashes. */
function rulesIn(list: string): string[] {
  const words = list.split(/[\s,]+/u).filter((word) => word !== '');
  const end = words.findIndex((word, index) => index > 0 && !word.includes('/'));
  return end === -1 ? words : words.slice(0, end);
}
