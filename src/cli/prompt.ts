import type { Readable, Writable } from 'node:stream';

import { PackyardError } from '../errors.ts';
import type { CommonFlags } from './command-context.ts';
import type { Terminal } from './terminal.ts';

/** Asks people at a terminal. Each question rejects with `cancelled` where they give up. */
export interface Prompt {
  text(question: TextQuestion): Promise<string>;
  choose<Value extends string>(question: ChoiceQuestion<Value>): Promise<Value>;
  confirm(message: string, initial: boolean): Promise<boolean>;
}

export interface TextQuestion {
  readonly message: string;
  /** What an empty answer means, where it is no answer. */
  readonly initial?: string;
  readonly placeholder?: string;
  /** Whether nothing is an answer, too. */
  readonly optional?: boolean;
  /** Why a text is no answer, or undefined where it is one. */
  readonly problem?: (text: string) => string | undefined;
}

export interface ChoiceQuestion<Value extends string> {
  readonly message: string;
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[];
  readonly initial: Value;
}

/** Streams of the terminal: `process.stdin` and `process.stderr`, since standard output is for results. */
export interface PromptStreams {
  readonly input?: Readable;
  readonly output?: Writable;
}

/** Whether a command may ask: there is somebody to answer, and nobody wants it to be quiet. */
export function mayAsk(flags: CommonFlags & { readonly yes?: boolean }, terminal: Terminal): boolean {
  const wanted = flags.json !== true && flags.quiet !== true && flags.yes !== true;
  return wanted && terminal.interactive && process.stdin.isTTY === true;
}

/** The prompts, loaded when the first question comes. `nothing` says what giving up leaves undone. */
export async function openPrompt(nothing: string, streams: PromptStreams = {}): Promise<Prompt> {
  const clack = await import('@clack/prompts');
  const { input = process.stdin, output = process.stderr } = streams;
  const common = { input, output: withColumns(output) };
  const given = <Value>(answer: Value | symbol): Value => {
    if (!clack.isCancel(answer)) return answer as Value;
    throw new PackyardError({
      code: 'cancelled',
      message: nothing,
      hint: 'Run the command again, or answer with flags: see --help.',
    });
  };
  return {
    async text({ message, initial, placeholder, optional = false, problem }) {
      const answer = await clack.text({
        ...common,
        message,
        ...(initial !== undefined && { initialValue: initial }),
        ...(placeholder !== undefined && { placeholder }),
        validate: (value) => {
          const text = value?.trim() ?? '';
          if (text === '') return optional ? undefined : 'It needs an answer.';
          return problem?.(text);
        },
      });
      return given<string | undefined>(answer)?.trim() ?? '';
    },
    async choose({ message, choices, initial }) {
      const options = choices.map(({ value, label, hint }) => ({ value, label, ...(hint !== undefined && { hint }) }));
      return given(
        await clack.select<string>({ ...common, message, options, initialValue: initial }),
      ) as typeof initial;
    },
    async confirm(message, initial) {
      return given<boolean>(await clack.confirm({ ...common, message, initialValue: initial }));
    },
  };
}

/** A terminal that says it has no columns does not know how many, and questions would stand on it letter by letter. */
function withColumns(output: Writable & { columns?: number }): Writable {
  if (output.columns === 0) output.columns = 80;
  return output;
}
