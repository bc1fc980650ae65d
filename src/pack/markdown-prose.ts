/**
 * A Markdown text in which everything that is shown as it stands (code blocks, code spans) or not at all (comments) is
 * blanked out; lines and offsets stay. Takes time linear in the text.
 */
export function markdownProse(markdown: string): string {
  return withoutCodeSpans(withoutComments(withoutCodeBlocks(markdown)));
}

const FENCE = /^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(?<fence>`{3,}|~{3,})(?<info>.*)$/u;
const LIST_ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/u;

function withoutCodeBlocks(markdown: string): string {
  let fence: string | undefined;
  let afterBlank = true;
  let inList = false;
  let inIndented = false;
  const lines = markdown.split('\n').map((raw) => {
    const line = raw.replace(/\r$/u, '');
    const match = FENCE.exec(line);
    const { fence: marks = '', info = '' } = match?.groups ?? {};
    if (fence !== undefined) {
      if (marks.startsWith(fence) && info.trim() === '') fence = undefined;
      return blank(raw);
    }
    // A line such as ```code``` is a span.
    if (match !== null && !(marks.startsWith('`') && info.includes('`'))) {
      fence = marks;
      return blank(raw);
    }
    const empty = line.trim() === '';
    const indented = /^(?: {4}|\t| {1,3}\t)/u.test(line);
    // What is indented below a list belongs to its items.
    if (LIST_ITEM.test(line) && !indented) inList = true;
    else if (!empty && !/^[ \t]/u.test(line) && afterBlank) inList = false;
    inIndented = indented && !empty && !inList && (inIndented || afterBlank);
    afterBlank = empty;
    return inIndented ? blank(raw) : raw;
  });
  return lines.join('\n');
}

function withoutComments(text: string): string {
  let out = '';
  let at = 0;
  for (let open = text.indexOf('<!--'); open !== -1; open = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', open + 4);
    if (close === -1) break;
    out += text.slice(at, open) + blank(text.slice(open, close + 3));
    at = close + 3;
  }
  return out + text.slice(at);
}

/** A span ends with as many backticks as it began with, in the same paragraph. */
function withoutCodeSpans(text: string): string {
  const runs = [...text.matchAll(/\n[ \t\r]*(?=\n)|`+/gu)];
  const partner = new Map<number, number>();
  let later = new Map<number, number>();
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const marks = runs[index]?.[0] ?? '';
    if (!marks.startsWith('`')) {
      later = new Map();
      continue;
    }
    const end = later.get(marks.length);
    if (end !== undefined) partner.set(index, end);
    later.set(marks.length, index);
  }
  let out = '';
  let at = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const [open, end] = [runs[index], partner.get(index)];
    const close = end === undefined ? undefined : runs[end];
    if (open === undefined || close === undefined || end === undefined) continue;
    const stop = close.index + close[0].length;
    out += text.slice(at, open.index) + blank(text.slice(open.index, stop));
    at = stop;
    index = end;
  }
  return out + text.slice(at);
}

function blank(text: string): string {
  return text.replace(/[^\n]/gu, (character) => ' '.repeat(character.length));
}
