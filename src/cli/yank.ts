import type { Command } from 'commander';

import type { CommandContext } from './command-context.ts';
import { addStatusCommand } from './status-flags.ts';

export function addYankCommand(program: Command, context: CommandContext): void {
  const command = {
    name: 'yank',
    summary: 'say that releases must not be used any more',
    description:
      'Says in status/<name>.yaml that releases must not be used any more. They stay in the registry; no tag names them.',
    examples: `  packyard yank nginx@1.2.3 --reason "CVE-2026-1234" --replacement 1.2.4
  packyard yank "nginx@>=1.2 <1.2.4" --reason "loses data" --dry-run
  packyard yank nginx@1.2.x --state disabled --reason "the vendor took the images away"
  packyard yank nginx@1.2.3 --state active     take it back`,
    state: 'yanked',
  } as const;
  addStatusCommand(program, command, context);
}
