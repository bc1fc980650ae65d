import type { Command } from 'commander';

import { commandPath, findCommand } from './find-command.ts';

/**
 * Turns `help registry add` and `registry help add` into `registry add --help`; other arguments stay. Rejects
 * with `PackyardError`, `usage`, where help is wanted for a command that does not exist.
 */
export async function helpRequest(program: Command, args: readonly string[]): Promise<string[]> {
  const { command, unknown, help } = findCommand(program, args);
  const asked = help || args.some((arg) => ['-h', '--help'].includes(arg));
  // Help itself needs no words of errors.
  if (unknown !== undefined && asked) throw (await import('./usage-error.ts')).unknownCommand(command, unknown);
  return help ? [...commandPath(command), '--help'] : [...args];
}
