import type { Command } from 'commander';

import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { addChoiceFlags, choiceOf, type LockFlags } from './lock-flags.ts';
import { projectRegistries } from './project-registries.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Only packyard.lock is written: a pin never leaves what packyard.json asks for. To go beyond that, change what it asks for,
as in "packyard lock nginx@2.x". A pin never moves to a lower version only because higher ones are too young for --min-age.
Where the registry replaced the content of a pinned version and recorded why, the pin moves to the new content.

Examples:
  packyard update                  every pack
  packyard update nginx redis      these; the others stay
  packyard update --dry-run        show what would move
  packyard update --min-age 3d     to nothing that is younger than three days

${EXIT_CODES}`;

export function addUpdateCommand(program: Command, { terminal, finish }: CommandContext): void {
  const command = program
    .command('update')
    .argument('[names...]', 'names of packs; default: all')
    .summary('move the pins of packyard.lock to the newest releases that fit')
    .description('Moves the pins of packyard.lock to the best releases that packyard.json allows.');
  addChoiceFlags(command)
    .option('--dry-run', 'print what would change, and change nothing')
    .addHelpText('after', HELP)
    .action(async (names: readonly string[], flags: LockFlags) => {
      await runUpdate(names, flags, terminal);
      finish(0);
    });
}

async function runUpdate(names: readonly string[], flags: LockFlags, terminal: Terminal): Promise<void> {
  const [{ readProjectLock }, { planLock }, { finishLock }] = await Promise.all([
    import('../client/lock/project-lock.ts'),
    import('../client/lock/plan-lock.ts'),
    import('./lock-report.ts'),
  ]);
  const current = await readProjectLock(process.cwd());
  const registries = projectRegistries(flags, terminal);
  try {
    const move = names.length === 0 ? 'all' : names;
    const choice = await choiceOf(flags, terminal);
    const plan = await planLock(current.project, current.lock, registries.of, { ...choice, move });
    await finishLock(current, plan, undefined, flags, terminal);
  } finally {
    await registries.close();
  }
}
