import type { Command } from 'commander';

import { commandDefinition } from '../command-definition.ts';
import { bashCompletion } from './bash.ts';
import { completedProgram, type CompletedCommand } from './completed-command.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const SCRIPTS: Readonly<Record<'bash' | 'zsh' | 'fish', (program: CompletedCommand) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** The script of a shell that completes all commands of a program. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', program: Command): string {
  return SCRIPTS[shell](completedProgram(commandDefinition(program)));
}
