import type { Command } from 'commander';

import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { addChoiceFlags, choiceOf, type LockFlags } from './lock-flags.ts';
import { projectRegistries } from './project-registries.ts';
import type { Terminal } from './terminal.ts';

interface LockCommandFlags extends LockFlags {
  readonly check?: boolean;
}

const HELP = `
packyard.json names packs with the versions that may be used:
  { "registry": "https://packs.example.org", "packs": { "nginx": "1.x", "redis": "latest" } }
packyard.lock, beside it, pins the release of each: version, SHA-256 of the archive and of its content, size. It holds
no address, so it is true of every mirror. Commit both.

A pin that fits packyard.json stays as it is; "packyard update" moves it. Where the registry has another content under a
pinned version, nothing is written and the exit status is 3.

Examples:
  packyard lock                    choose a release for each pack that has none, or one that does not fit
  packyard lock nginx@1.x redis    write these into packyard.json first, which is made where there is none;
                                   a name alone stands for its latest release
  packyard lock --check            for CI: is the lock in order? Writes nothing; exit status 1 where packyard.json and the
                                   lock disagree, or a pinned release is yanked or gone
  packyard pull --locked           fetch what is pinned

${EXIT_CODES}`;

export function addLockCommand(program: Command, { terminal, finish }: CommandContext): void {
  const command = program
    .command('lock')
    .argument('[packs...]', 'packs to write into packyard.json first, each as name, name@selector or name:tag')
    .usage('[options] [NAME[@SELECTOR|:TAG]…]')
    .summary('pin the packs of packyard.json in packyard.lock')
    .description('Pins one release for each pack that packyard.json names, in packyard.lock.');
  addChoiceFlags(command)
    .option('--check', 'write nothing; say what is wrong with packyard.lock')
    .option('--dry-run', 'print what would change, and change nothing')
    .addHelpText('after', HELP)
    .action(async (packs: readonly string[], flags: LockCommandFlags) => {
      finish(await (flags.check === true ? runCheck(packs, flags, terminal) : runLock(packs, flags, terminal)));
    });
}

async function runLock(packs: readonly string[], flags: LockCommandFlags, terminal: Terminal): Promise<ExitCode> {
  const [{ readProjectLock }, { planLock }, { finishLock }] = await Promise.all([
    import('../client/lock/project-lock.ts'),
    import('../client/lock/plan-lock.ts'),
    import('./lock-report.ts'),
  ]);
  const current =
    packs.length === 0
      ? { ...(await readProjectLock(process.cwd())), planned: undefined }
      : await wishing(packs, flags.registry);
  const registries = projectRegistries(flags, terminal);
  try {
    const plan = await planLock(current.project, current.lock, registries.of, await choiceOf(flags, terminal));
    await finishLock(current, plan, current.planned, flags, terminal);
    return 0;
  } finally {
    await registries.close();
  }
}

async function wishing(
  packs: readonly string[],
  registry: string | undefined,
): ReturnType<typeof import('../client/lock/add-wishes.ts').addWishes> {
  const [{ addWishes }, { parseReference }] = await Promise.all([
    import('../client/lock/add-wishes.ts'),
    import('../client/reference.ts'),
  ]);
  return addWishes(process.cwd(), packs.map(parseReference), registry);
}

async function runCheck(packs: readonly string[], flags: LockCommandFlags, terminal: Terminal): Promise<ExitCode> {
  if (packs.length > 0) {
    const { PackyardError } = await import('../errors.ts');
    throw new PackyardError({
      code: 'usage',
      message: '--check looks at the whole of packyard.lock, and takes no packs.',
      hint: 'Run "packyard lock --check".',
    });
  }
  const [{ readProjectLock }, { checkLock }, { reportCheck }] = await Promise.all([
    import('../client/lock/project-lock.ts'),
    import('../client/lock/check-lock.ts'),
    import('./lock-report.ts'),
  ]);
  const current = await readProjectLock(process.cwd());
  const registries = projectRegistries(flags, terminal);
  try {
    const problems = await checkLock(current.project, current.lock, registries.of);
    return await reportCheck(current, problems, flags, terminal);
  } finally {
    await registries.close();
  }
}
