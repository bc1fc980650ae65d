import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from '../command-definition.ts';
import { valueSources, type ValueSource } from './value-sources.ts';

/** A command as completion needs it; the same for every shell. */
export interface CompletedCommand {
  /** `registry add`; empty for the program itself. */
  readonly path: string;
  readonly summary: string;
  readonly commands: readonly CompletedCommand[];
  readonly flags: readonly CompletedFlag[];
  readonly arguments: readonly CompletedArgument[];
}

export interface CompletedFlag {
  /** `-q` and `--quiet`, the short one first. */
  readonly spellings: readonly string[];
  readonly description: string;
  readonly repeatable: boolean;
  /** Of a flag that takes a value. */
  readonly value?: CompletedArgument;
}

export interface CompletedArgument {
  readonly name: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly sources: readonly ValueSource[];
}

/** The program with all its commands, `help` among them, outermost first. */
export function completedProgram(program: CommandDefinition): CompletedCommand {
  const root = completed(program);
  const help: CompletedCommand = { ...helpFor({ ...root, path: '' }), summary: 'show help for a command' };
  return { ...root, commands: [...root.commands, help] };
}

/** `help registry add`, which takes no more than the words that name a command. */
function helpFor({ path, summary, commands }: CompletedCommand): CompletedCommand {
  return { path: `help ${path}`.trim(), summary, commands: commands.map(helpFor), flags: [], arguments: [] };
}

/** A command and all below it. */
export function withCommandsBelow(command: CompletedCommand): readonly CompletedCommand[] {
  return [command, ...command.commands.flatMap(withCommandsBelow)];
}

/** The last word of its path. */
export function lastWord({ path }: CompletedCommand): string {
  return path.slice(path.lastIndexOf(' ') + 1);
}

function completed(command: CommandDefinition): CompletedCommand {
  const path = command.path.join(' ');
  return {
    path,
    summary: command.summary,
    commands: command.commands.map(completed),
    flags: command.options.map((option) => completedFlag(path, option)),
    arguments: command.arguments.map((argument) => completedArgument(path, argument)),
  };
}

function completedFlag(path: string, option: OptionDefinition): CompletedFlag {
  const { short, long, description, repeatable, value, choices } = option;
  return {
    spellings: [...(short === undefined ? [] : [short]), long],
    description,
    repeatable,
    ...(value !== undefined && {
      value: { ...value, sources: valueSources(`${path} ${long}`, value.name, choices) },
    }),
  };
}

function completedArgument(path: string, argument: ArgumentDefinition): CompletedArgument {
  const { name, required, variadic, choices } = argument;
  return { name, required, variadic, sources: valueSources(`${path} ${name}`, name, choices) };
}
