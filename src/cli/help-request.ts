import type { Command } from 'commander';

import { commandPath, findCommand } from './find-command.ts';
import { unknownCommand } from './usage-error.ts';

/**
 * Turns `help registry add` and `registry help add` into `registry add --help`; other arguments stay. Throws
 * `PackyardError` with the code `usage` where help is wanted for a command that does not exist.
 */
export function helpRequest(program: Command, args: readonly string[]): string[] {
  const { command, unknown, help } = findCommand(program, args);
  const asked = help || args.some((arg) => ['-h', '--help'].includes(arg));
  if (unknown !== undefined && asked) throw unknownCommand(command, unknown);
  return help ? [...commandPath(command), '--help'] : [...args];
}
