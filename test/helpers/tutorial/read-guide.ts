import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

/** A command as somebody types it, and what he then reads. */
export interface CommandStep {
  readonly kind: 'command';
  /** Of the guide, counted from 1. */
  readonly line: number;
  /** Line at which what it prints begins. */
  readonly output: number;
  /** Several lines where it goes on. */
  readonly command: string;
  readonly expected: readonly string[];
  /** What it ends with: 0 unless a comment behind it says `# exit status 1`. */
  readonly status: number;
}

/** A file that somebody is asked to write. */
export interface FileStep {
  readonly kind: 'file';
  readonly line: number;
  /** From the folder that the shell is in. */
  readonly path: string;
  readonly text: string;
}

export type GuideStep = CommandStep | FileStep;

/** `<!-- not run: there is no such bucket -->` right before a block. */
const NOT_RUN = /^<!-- not run: \S.* -->\s*$/u;
const PROMPT = '$ ';
const STATUS = /\s+# exit status (?<status>\d+)$/u;

/**
 * The steps of a guide in their order. Commands stand in blocks that are fenced as `console` or that are indented, behind
 * `$ `, and what they print below them; a file is a fenced block with a name behind its language (`yaml registry.yaml`) that
 * the paragraph before it says, too. Throws where a block is none of these and is not said to be not run.
 */
export function readGuide(markdown: string): GuideStep[] {
  const tokens = new MarkdownIt({ html: true }).parse(markdown, {});
  const steps = tokens.flatMap((token, at) => {
    if (token.type !== 'fence' && token.type !== 'code_block') return [];
    const [before, prose] = [tokens[at - 1], proseBefore(tokens, at)];
    if (before?.type === 'html_block' && NOT_RUN.test(before.content)) return [];
    return stepsOf(token, prose);
  });
  if (!steps.some(({ kind }) => kind === 'command')) throw new Error('The guide has no command that is run.');
  return steps;
}

function stepsOf(token: Token, prose: string): GuideStep[] {
  const line = (token.map?.[0] ?? 0) + 1;
  const [language = '', path, ...rest] = token.info.trim().split(/\s+/u);
  if (token.type === 'code_block' || language === 'console') {
    return commandsOf(token.content, token.type === 'fence' ? line + 1 : line);
  }
  if (path === undefined || rest.length > 0) {
    throw new Error(`Line ${line}: the block is neither of commands nor a file, and nothing says that it is not run.`);
  }
  if (!prose.includes(`\`${path}\``)) {
    throw new Error(`Line ${line}: no words before the block say that it is ${path}, and readers do not see it.`);
  }
  return [{ kind: 'file', line, path, text: token.content }];
}

function proseBefore(tokens: readonly Token[], at: number): string {
  return tokens.slice(0, at).findLast(({ type }) => type === 'inline')?.content ?? '';
}

function commandsOf(content: string, first: number): CommandStep[] {
  const lines = content.replace(/\n$/u, '').split('\n');
  const steps: Typed[] = [];
  for (const [at, line] of lines.entries()) {
    const last = steps.at(-1);
    if (line.startsWith(PROMPT)) steps.push({ line: first + at, command: [line.slice(PROMPT.length)], expected: [] });
    else if (last === undefined) throw new Error(`Line ${first + at}: the block does not begin with a command.`);
    else if (goesOn(last, line)) last.command.push(line.replace(/^> ?/u, ''));
    else last.expected.push(line);
  }
  return steps.map(({ line, command, expected }) => commandStep(line, command, expected));
}

interface Typed {
  readonly line: number;
  readonly command: string[];
  readonly expected: string[];
}

/** Behind a backslash, or behind the shell's second prompt. */
function goesOn({ command, expected }: Typed, line: string): boolean {
  return expected.length === 0 && (command.at(-1)?.endsWith('\\') === true || /^>(?: |$)/u.test(line));
}

function commandStep(line: number, typed: readonly string[], lines: readonly string[]): CommandStep {
  const command = typed.join('\n');
  const status = STATUS.exec(command)?.groups?.['status'];
  return {
    kind: 'command',
    line,
    output: line + typed.length,
    command: command.replace(STATUS, ''),
    // An empty line parts a command from the one below it.
    expected: lines.slice(0, lines.findLastIndex((text) => text !== '') + 1),
    status: status === undefined ? 0 : Number(status),
  };
}
