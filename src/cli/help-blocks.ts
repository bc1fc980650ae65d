export interface HelpBlocks {
  /** What help says between options and examples. */
  readonly notes: readonly HelpBlock[];
  readonly examples: readonly ExampleDefinition[];
  readonly exitStatus: readonly ExitStatus[];
}

/** Lines with their meaning in their layout (`verbatim`), or a paragraph on one line. */
export interface HelpBlock {
  readonly verbatim: boolean;
  readonly text: string;
}

export interface ExampleDefinition {
  /** `packyard build --rev v1.2` */
  readonly command: string;
  /** Empty where the command says it all. */
  readonly comment: string;
}

export interface ExitStatus {
  readonly status: string;
  readonly meaning: string;
}

/** Reads the text that stands behind commander's own help: notes, `Examples:`, `Exit status:`, in any order. */
export function helpBlocks(text: string): HelpBlocks {
  const sections = text.split(/\n{2,}/u).map((section) => section.replace(/^\n+|\s+$/gu, '').split('\n'));
  const under = (heading: string): readonly string[] =>
    sections.filter(([first]) => first === heading).flatMap(([, ...lines]) => lines);
  return {
    notes: sections.filter(([first = '']) => !['', 'Examples:', 'Exit status:'].includes(first)).flatMap(noteBlocks),
    examples: examples(under('Examples:')),
    exitStatus: under('Exit status:').map((line) => {
      const [, status = '', meaning = ''] = /^ *(\S+) +(.*)$/u.exec(line) ?? [];
      return { status, meaning };
    }),
  };
}

/** Indented lines keep their layout. */
function noteBlocks(lines: readonly string[]): readonly HelpBlock[] {
  const blocks: { verbatim: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    const verbatim = line.startsWith(' ');
    const last = blocks.at(-1);
    if (last?.verbatim === verbatim) last.lines.push(line);
    else blocks.push({ verbatim, lines: [line] });
  }
  return blocks.map((block) => ({
    verbatim: block.verbatim,
    text: block.verbatim ? withoutIndent(block.lines).join('\n') : block.lines.join(' '),
  }));
}

function withoutIndent(lines: readonly string[]): readonly string[] {
  const indent = Math.min(...lines.map((line) => line.search(/\S/u)));
  return lines.map((line) => line.slice(indent));
}

/** Two spaces part a command from what it does; lines that are indented further go on with that. */
function examples(lines: readonly string[]): readonly ExampleDefinition[] {
  const found: ExampleDefinition[] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (/^ {3,}/u.test(line) && last !== undefined) {
      found[found.length - 1] = { ...last, comment: `${last.comment} ${line.trim()}`.trim() };
    } else {
      const [command = '', ...comment] = line.trim().split(/ {2,}(?=(?:[^"]*"[^"]*")*[^"]*$)/u);
      found.push({ command, comment: comment.join(' ') });
    }
  }
  return found;
}
