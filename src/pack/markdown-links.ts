import { markdownProse } from './markdown-prose.ts';

/** A link or picture of a Markdown text. */
export interface MarkdownLink {
  /** As written. */
  readonly target: string;
  /** Offsets of the target. */
  readonly start: number;
  readonly end: number;
}

const MOST_PARENTHESES = 32;
const TITLE = `(?:[ \\t]+(?:"[^"\\n]*"|'[^'\\n]*'|\\([^()\\n]*\\)))?`;
const DEFINITION = new RegExp(
  `^ {0,3}\\[(?!\\^)[^[\\]\\n]+\\]:[ \\t]*(?:<(?<angled>[^<>\\n]*)>|(?<plain>[^\\s<]\\S*))${TITLE}[ \\t\\r]*$`,
  'gdmu',
);
const TAG = /<(?:a|img|source|video|audio)\s[^<>]*>/giu;
const ATTRIBUTE = /\s(?:href|src)=(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/dgiu;

/** The links and pictures of a Markdown text outside of code, inline, by reference and as HTML, in their order. */
export function markdownLinks(markdown: string): MarkdownLink[] {
  const prose = markdownProse(markdown);
  return [...inlineLinks(prose), ...definitions(prose), ...tags(prose)].toSorted((a, b) => a.start - b.start);
}

function* inlineLinks(prose: string): Generator<MarkdownLink> {
  let open = 0;
  for (const match of prose.matchAll(/\\[^]|\n[ \t\r]*\n|[[\]]/gu)) {
    if (match[0] === '[') open += 1;
    else if (match[0].startsWith('\n')) open = 0;
    else if (match[0] === ']' && open > 0) {
      open -= 1;
      if (prose.charAt(match.index + 1) !== '(') continue;
      const link = destination(prose, match.index + 2);
      if (link !== undefined) yield link;
    }
  }
}

/** The target behind `](`; a `)`, or a blank and then a title, must follow. */
function destination(prose: string, from: number): MarkdownLink | undefined {
  let start = from;
  while (/\s/u.test(prose.charAt(start)) && start - from < MOST_PARENTHESES) start += 1;
  if (prose.charAt(start) === '<') {
    const end = /[<>\n]|$/gu;
    end.lastIndex = start + 1;
    const stop = end.exec(prose)?.index ?? prose.length;
    return prose.charAt(stop) === '>' ? linkAt(prose, start + 1, stop) : undefined;
  }
  let depth = 0;
  for (let at = start; at < prose.length; at += 1) {
    const character = prose.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')' && depth === 0) return linkAt(prose, start, at);
    else if (character === ')') depth -= 1;
    else if (/\s/u.test(character))
      return depth === 0 && /^\s+["'()]/u.test(prose.slice(at, at + MOST_PARENTHESES))
        ? linkAt(prose, start, at)
        : undefined;
    if (depth > MOST_PARENTHESES) return undefined;
  }
  return undefined;
}

function* definitions(prose: string): Generator<MarkdownLink> {
  for (const { indices } of prose.matchAll(DEFINITION)) {
    const range = indices?.groups?.['angled'] ?? indices?.groups?.['plain'];
    if (range !== undefined) yield linkAt(prose, ...range);
  }
}

function* tags(prose: string): Generator<MarkdownLink> {
  for (const tag of prose.matchAll(TAG)) {
    for (const { indices } of tag[0].matchAll(ATTRIBUTE)) {
      const range = indices?.groups?.['double'] ?? indices?.groups?.['single'];
      if (range !== undefined) yield linkAt(prose, tag.index + range[0], tag.index + range[1]);
    }
  }
}

function linkAt(prose: string, start: number, end: number): MarkdownLink {
  return { target: prose.slice(start, end), start, end };
}
