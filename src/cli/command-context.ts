import type { Command } from 'commander';

import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** What a command gets from the program, and where it leaves its exit status. */
export interface CommandContext {
  readonly terminal: Terminal;
  finish(status: ExitCode): void;
  /** The program with all its commands, for what is made of their definitions. */
  wholeProgram(): Promise<Command>;
}

/** Flags that every command has. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}
