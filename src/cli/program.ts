import { Command, CommanderError } from 'commander';

import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

const HELP = `
Start with:
  packyard init            make a repository of packs that becomes a registry
  packyard new NAME        add a pack to it, from a chart or from nothing
  packyard check           find what is wrong with the packs of this repository
  packyard build           make their registry in public/
  packyard search WORD     find packs of a registry, and pull one
  packyard help build      options and examples of a command

${EXIT_CODES}`;

type AddCommand = (program: Command, context: CommandContext) => void;

type Commands = Readonly<Record<string, () => Promise<AddCommand>>>;

/** By the headings of help, in the order in which it shows them. Each is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, Commands>> = {
  'For owners:': {
    init: async () => (await import('./init.ts')).addInitCommand,
  },
  'For contributors:': {
    new: async () => (await import('./new.ts')).addNewCommand,
    bump: async () => (await import('./bump.ts')).addBumpCommand,
    check: async () => (await import('./check.ts')).addCheckCommand,
    explain: async () => (await import('./explain.ts')).addExplainCommand,
    diff: async () => (await import('./diff.ts')).addDiffCommand,
    push: async () => (await import('./push.ts')).addPushCommand,
  },
  'For publishers:': {
    build: async () => (await import('./build.ts')).addBuildCommand,
    doctor: async () => (await import('./doctor.ts')).addDoctorCommand,
    serve: async () => (await import('./serve.ts')).addServeCommand,
    publish: async () => (await import('./publish.ts')).addPublishCommand,
    yank: async () => (await import('./yank.ts')).addYankCommand,
    deprecate: async () => (await import('./deprecate.ts')).addDeprecateCommand,
  },
  'To use a registry:': {
    search: async () => (await import('./search.ts')).addSearchCommand,
    list: async () => (await import('./list.ts')).addListCommand,
    info: async () => (await import('./info.ts')).addInfoCommand,
    versions: async () => (await import('./versions.ts')).addVersionsCommand,
    images: async () => (await import('./images.ts')).addImagesCommand,
    pull: async () => (await import('./pull.ts')).addPullCommand,
    verify: async () => (await import('./verify.ts')).addVerifyCommand,
    lock: async () => (await import('./lock.ts')).addLockCommand,
    outdated: async () => (await import('./outdated.ts')).addOutdatedCommand,
    update: async () => (await import('./update.ts')).addUpdateCommand,
    mirror: async () => (await import('./mirror.ts')).addMirrorCommand,
    registry: async () => (await import('./registry.ts')).addRegistryCommand,
    login: async () => (await import('./login.ts')).addLoginCommand,
    logout: async () => (await import('./logout.ts')).addLogoutCommand,
  },
  'Commands:': {
    cache: async () => (await import('./cache.ts')).addCacheCommand,
    completion: async () => (await import('./completion.ts')).addCompletionCommand,
  },
};

const NAMES: readonly string[] = Object.values(COMMANDS).flatMap((commands) => Object.keys(commands));

/** One command where it comes first; all where there is something to choose from. */
function commandsFor([first = '', second = '']: readonly string[]): readonly string[] {
  if (['-V', '--version'].includes(first)) return [];
  const asked = first === 'help' ? second : first;
  return NAMES.includes(asked) ? [asked] : NAMES;
}

async function addCommands(program: Command, context: CommandContext, names: readonly string[]): Promise<void> {
  for (const [heading, commands] of Object.entries(COMMANDS)) {
    program.commandsGroup(heading);
    for (const [name, load] of Object.entries(commands)) if (names.includes(name)) (await load())(program, context);
  }
}

function emptyProgram(terminal: Terminal): Command {
  return (
    new Command('packyard')
      .description(
        'Turns a Git repository of Kubernetes packs into a registry made of static files, and uses such registries.',
      )
      .version(version(), '-V, --version', 'print the version')
      .helpCommand('help [command]', 'show help for a command')
      .addHelpText('after', HELP)
      .hook('preAction', async (_program, command) =>
        (await import('./refuse-swallowed-flag.ts')).refuseSwallowedFlag(command),
      )
      .exitOverride()
      // What is wrong with a command line is reported below, as everything else that is wrong.
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        writeErr: (text) => terminal.err(text),
        outputError: () => undefined,
      })
  );
}

/** The program with all its commands, printing on the terminal. For what is made of their definitions, not to be run. */
export async function wholeProgram(terminal: Terminal): Promise<Command> {
  const context = { terminal, finish: () => undefined, wholeProgram: async () => program };
  const program = emptyProgram(terminal);
  await addCommands(program, context, NAMES);
  return program;
}

/** Runs the command line; resolves with the exit status and never rejects. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let status: ExitCode = 0;
  const context: CommandContext = {
    terminal,
    finish: (result) => void (status = result),
    wholeProgram: () => wholeProgram(terminal),
  };
  const program = emptyProgram(terminal);
  try {
    await addCommands(program, context, commandsFor(args));
    await program.parseAsync(await understood(program, args), { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Help was printed already: a command was wanted, and none was named.
    if (error instanceof CommanderError && error.code === 'commander.help') return 2;
    const json = args.includes('--json') || /(?:^|\n)--format(?:=|\n)json(?:\n|$)/u.test(args.join('\n'));
    // Findings, rules and their words are loaded only when there is something to say.
    const { reportError } = await import('./report-error.ts');
    if (!(error instanceof CommanderError)) return reportError(error, terminal, json);
    const { usageError } = await import('./usage-error.ts');
    return reportError(usageError(error, program, args), terminal, json);
  }
}

/** Arguments with every way to ask for help turned into one. */
async function understood(program: Command, args: readonly string[]): Promise<string[]> {
  if (!args.some((arg) => ['help', '-h', '--help'].includes(arg))) return [...args];
  return (await import('./help-request.ts')).helpRequest(program, args);
}
