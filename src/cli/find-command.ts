import type { Command } from 'commander';

export interface FoundCommand {
  /** The innermost command that the words name. */
  readonly command: Command;
  /** The word that names no command of it, where one is needed. */
  readonly unknown?: string;
  /** The word `help` stood where a command was expected. */
  readonly help: boolean;
}

/** Follows the words of a command line that come before its first flag: `registry add work …`. */
export function findCommand(program: Command, args: readonly string[]): FoundCommand {
  let command = program;
  let help = false;
  for (const word of args) {
    if (word.startsWith('-') || command.commands.length === 0) break;
    const next = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (next !== undefined) command = next;
    else if (word === 'help') help = true;
    else return { command, unknown: word, help };
  }
  return { command, help };
}

/** The words that name a command: `registry add`; empty for the program itself. */
export function commandPath(command: Command): readonly string[] {
  return command.parent === null ? [] : [...commandPath(command.parent), command.name()];
}
