import { parsePipeline, type Pipeline } from './parse-expression.ts';

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly pipeline: Pipeline | undefined }
  | { readonly kind: 'template'; readonly name: Pipeline; readonly data: Pipeline | undefined }
  | BranchNode;

export interface BranchNode {
  readonly kind: 'if' | 'with' | 'range';
  /** Undefined where it is not understood. */
  readonly pipeline: Pipeline | undefined;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}

/** A Go template, as far as it is understood. */
export interface Template {
  readonly nodes: readonly TemplateNode[];
  readonly defines: ReadonlyMap<string, readonly TemplateNode[]>;
}

interface Open {
  readonly kind: 'root' | 'define' | 'if' | 'with' | 'range' | 'else';
  readonly name?: string;
  readonly pipeline?: Pipeline | undefined;
  readonly body: TemplateNode[];
  /** Where an `else` was read, what stands before it. */
  readonly before?: Open;
  /** Of `else if`: ends with the one around it. */
  readonly chained?: boolean;
}

const DEEPEST = 100;

/** Reads a Go template; undefined where its blocks do not fit together. Takes time in proportion to its length. */
export function parseTemplate(text: string): Template | undefined {
  const defines = new Map<string, readonly TemplateNode[]>();
  const root: Open = { kind: 'root', body: [] };
  const stack: Open[] = [root];
  for (const piece of piecesOf(text)) {
    const top = stack.at(-1) ?? root;
    if ('text' in piece) {
      if (piece.text !== '') top.body.push({ kind: 'text', text: piece.text });
      continue;
    }
    const [, word = '', rest = ''] = /^([a-z]+)(?![\w.])\s*([\s\S]*)$/u.exec(piece.action) ?? [];
    if (word === 'if' || word === 'with' || word === 'range') {
      if (stack.length > DEEPEST) return undefined;
      stack.push({ kind: word, pipeline: parsePipeline(rest), body: [] });
    } else if (word === 'define' || word === 'block') {
      const [, name = '', data = ''] = /^"([^"]*)"\s*([\s\S]*)$/u.exec(rest) ?? [];
      if (stack.length > DEEPEST || name === '') return undefined;
      if (word === 'block') top.body.push({ kind: 'template', name: literal(name), data: parsePipeline(data) });
      stack.push({ kind: 'define', name, body: [] });
    } else if (word === 'else') {
      if (!opensElse(stack, rest)) return undefined;
    } else if (word === 'end') {
      if (!close(stack, defines)) return undefined;
    } else if (word === 'template') {
      const [, name = '', data = ''] = /^"([^"]*)"\s*([\s\S]*)$/u.exec(rest) ?? [];
      top.body.push({ kind: 'template', name: literal(name), data: parsePipeline(data) });
    } else if (piece.action !== '' && word !== 'break' && word !== 'continue') {
      top.body.push({ kind: 'output', pipeline: parsePipeline(piece.action) });
    }
  }
  return stack.length === 1 ? { nodes: root.body, defines } : undefined;
}

function literal(value: string): Pipeline {
  return { variables: [], declares: false, commands: [[{ kind: 'literal', value }]] };
}

function opensElse(stack: Open[], rest: string): boolean {
  const before = stack.pop();
  if (before === undefined || !['if', 'with', 'range'].includes(before.kind)) return false;
  stack.push({ kind: 'else', body: [], before });
  const [, word, condition = ''] = /^(if|with)\s+([\s\S]*)$/u.exec(rest) ?? [];
  if (word === 'if' || word === 'with')
    stack.push({ kind: word, pipeline: parsePipeline(condition), body: [], chained: true });
  return stack.length <= DEEPEST * 2;
}

/** Ends the innermost block, and the `else` that it was chained to. */
function close(stack: Open[], defines: Map<string, readonly TemplateNode[]>): boolean {
  for (;;) {
    const open = stack.pop();
    const around = stack.at(-1);
    if (open === undefined || around === undefined) return false;
    if (open.kind === 'define') {
      defines.set(open.name ?? '', open.body);
      return true;
    }
    const before = open.before ?? open;
    if (before.kind !== 'if' && before.kind !== 'with' && before.kind !== 'range') return false;
    const otherwise = open.before === undefined ? [] : open.body;
    around.body.push({ kind: before.kind, pipeline: before.pipeline, body: before.body, otherwise });
    if (before.chained !== true) return true;
  }
}

type Piece = { readonly text: string } | { readonly action: string };

/** Text and actions in turns; `{{-` and `-}}` take the blanks beside them away. */
function* piecesOf(text: string): Generator<Piece> {
  let at = 0;
  let trim = false;
  while (at < text.length) {
    const start = text.indexOf('{{', at);
    const end = start === -1 ? -1 : endOf(text, start + 2);
    const before = text.slice(at, end === -1 ? undefined : start);
    const trimsBefore = end !== -1 && /^-\s/u.test(text.slice(start + 2, start + 4));
    const started = trim ? before.trimStart() : before;
    yield { text: trimsBefore ? started.trimEnd() : started };
    if (end === -1) return;
    const inside = text.slice(start + (trimsBefore ? 3 : 2), end);
    trim = /\s-$/u.test(inside.slice(-2));
    const action = (trim ? inside.slice(0, -1) : inside).trim();
    if (!action.startsWith('/*')) yield { action };
    at = end + 2;
  }
}

/** Where the action ends that begins at a place; -1 where it does not. */
function endOf(text: string, start: number): number {
  const comment = /^-?\s*\/\*/u.exec(text.slice(start, start + 20));
  if (comment !== null) {
    const done = text.indexOf('*/', start + comment[0].length);
    return done === -1 ? -1 : text.indexOf('}}', done);
  }
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '}' && text[at + 1] === '}') return at;
    if (character === '"' || character === '`' || character === "'") {
      for (at += 1; at < text.length && text[at] !== character; at += 1)
        if (text[at] === '\\' && character !== '`') at += 1;
    }
  }
  return -1;
}
