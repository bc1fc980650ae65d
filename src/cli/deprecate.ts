import type { Command } from 'commander';

import type { CommandContext } from './command-context.ts';
import { addStatusCommand } from './status-flags.ts';

export function addDeprecateCommand(program: Command, context: CommandContext): void {
  const command = {
    name: 'deprecate',
    summary: 'say that something else should be used instead of releases',
    description: 'Says in status/<name>.yaml that releases work, and that something else should be used instead.',
    examples: `  packyard deprecate nginx@1.x --reason "no more updates" --replacement 2.0.1
  packyard deprecate "nginx@*" --reason "retired upstream" --replacement traefik@3.1.0
  packyard deprecate nginx@1.x --state active  take it back`,
    state: 'deprecated',
  } as const;
  addStatusCommand(program, command, context);
}
