import type { Command } from 'commander';

import { commandDefinition, type CommandDefinition } from '../../src/cli/command-definition.ts';
import { wholeProgram } from '../../src/cli/program.ts';
import { recordedTerminal } from './recorded-terminal.ts';

/** A command and all below it. */
function withAllBelow<Tree extends { readonly commands: readonly Tree[] }>(command: Tree): readonly Tree[] {
  return [command, ...command.commands.flatMap((each) => withAllBelow(each))];
}

/** Definitions of the program and of all its commands. */
export async function allDefinitions(): Promise<readonly CommandDefinition[]> {
  return withAllBelow(commandDefinition(await wholeProgram(recordedTerminal())));
}

/** All commands, with actions that do nothing: what the definitions accept can be tried. */
export async function idleProgram(): Promise<Command> {
  const program = await wholeProgram(recordedTerminal());
  for (const command of withAllBelow<Command>(program)) {
    if (command.commands.length === 0) command.action(() => undefined);
  }
  return program;
}
