export interface PlainText {
  /** As long as the text was, line by line. */
  readonly text: string;
  readonly templated: boolean;
  /** A line of its own is an expression that writes something, or the text ends inside an expression. */
  readonly open: boolean;
}

/** Stands for a character of an expression; YAML has no use for it. */
const MARK = '\uE000';
const CONTROL = /^-?\s*(?:(?:if|else|end|with|range|define|block)\b|\/\*|\$\w+\s*:?=)/u;

/** A Go template as if nothing were rendered: lines of expressions are blank, expressions in lines are words. */
export function withoutTemplates(text: string): PlainText {
  if (!text.includes('{{')) return { text, templated: false, open: false };
  const parts: string[] = [];
  const written: boolean[] = [];
  let at = 0;
  let complete = true;
  for (let start = text.indexOf('{{'); start !== -1; start = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', start);
    complete = close !== -1;
    const end = complete ? close + 2 : text.length;
    const expression = text.slice(start, end);
    written.push(!CONTROL.test(text.slice(start + 2, start + 100)) && isAlone(text, start, end));
    parts.push(
      text.slice(at, start),
      expression.replaceAll(/[^\r\n]/gu, (character) => MARK.repeat(character.length)),
    );
    at = end;
  }
  parts.push(text.slice(at));
  const plain = parts
    .join('')
    .split('\n')
    .map((line) => line.replaceAll(MARK, /[^\s\uE000]/u.test(line) ? 'x' : ' '))
    .join('\n');
  return { text: plain, templated: true, open: !complete || written.includes(true) };
}

/** Whether an expression begins its line, so that what it writes may be lines. */
function isAlone(text: string, start: number, end: number): boolean {
  let from = start;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from -= 1;
  const lineEnd = /[\r\n]/u.exec(text.slice(end, end + 1)) !== null || end === text.length;
  return lineEnd && (from === 0 || text[from - 1] === '\n');
}
