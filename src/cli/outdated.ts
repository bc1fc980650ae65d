import type { Command } from 'commander';

import type { OutdatedPack } from '../client/lock/outdated-packs.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, exitCodeOf, type ExitCode } from './exit-code.ts';
import { addChoiceFlags, choiceOf, type LockFlags } from './lock-flags.ts';
import { standardOutput } from './output-width.ts';
import { projectRegistries } from './project-registries.ts';
import type { Terminal } from './terminal.ts';

interface OutdatedFlags extends LockFlags {
  readonly all?: boolean;
}

const HELP = `
The exit status is 1 where "packyard update" would change a pin, or a pinned release is yanked or disabled. A newer
release that packyard.json does not ask for is shown, and is no reason for that.

Examples:
  packyard outdated                what is behind
  packyard outdated --all          every pack
  packyard outdated --json         for a program, every pack

${EXIT_CODES}`;

export function addOutdatedCommand(program: Command, { terminal, finish }: CommandContext): void {
  const command = program
    .command('outdated')
    .summary('show which pins of packyard.lock are behind')
    .description(
      'Shows which pins of packyard.lock are behind: what is locked, what fits packyard.json, what is newest.',
    )
    .option('-a, --all', 'also packs that are up to date');
  addChoiceFlags(command)
    .addHelpText('after', HELP)
    .action(async (flags: OutdatedFlags) => finish(await runOutdated(flags, terminal)));
}

async function runOutdated(flags: OutdatedFlags, terminal: Terminal): Promise<ExitCode> {
  const [{ readProjectLock }, { outdatedPacks }] = await Promise.all([
    import('../client/lock/project-lock.ts'),
    import('../client/lock/outdated-packs.ts'),
  ]);
  const { project, lock } = await readProjectLock(process.cwd());
  const registries = projectRegistries(flags, terminal);
  try {
    const packs = await outdatedPacks(project, lock, registries.of, await choiceOf(flags, terminal));
    if (flags.json === true) terminal.out(jsonText({ format: 'packyard-outdated/1', packs }));
    else await print(packs, flags, terminal);
    return packs.reduce<ExitCode>((worst, pack) => Math.max(worst, statusOf(pack)) as ExitCode, 0);
  } finally {
    await registries.close();
  }
}

function statusOf({ outdated, problem }: OutdatedPack): ExitCode {
  return problem === undefined ? (outdated ? 1 : 0) : exitCodeOf(problem.code);
}

async function print(packs: readonly OutdatedPack[], flags: OutdatedFlags, terminal: Terminal): Promise<void> {
  const [{ outdatedLines, isBehind }, { linesText }, { problemText }] = await Promise.all([
    import('../client/lock/outdated-lines.ts'),
    import('../client/view/pieces.ts'),
    import('./lock-report.ts'),
  ]);
  const shown = flags.all === true ? packs : packs.filter(isBehind);
  if (shown.length > 0) terminal.out(linesText(outdatedLines(shown, standardOutput().width), terminal.paintOut));
  for (const { problem } of shown) if (problem !== undefined) terminal.err(problemText(problem, terminal.paintErr));
  if (shown.length > 0 || flags.quiet === true) return;
  terminal.err(
    packs.length === 0 ? 'packyard.json names no packs.\n' : `Nothing is outdated: ${count(packs.length)}.\n`,
  );
}

function count(packs: number): string {
  return packs === 1 ? '1 pack' : `${packs} packs`;
}
