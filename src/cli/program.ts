import { Command, CommanderError } from 'commander';

import { PackyardError } from '../errors.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

const HELP = `
Start with:
  packyard check                   find what is wrong with the packs of this repository
  packyard build                   make their registry in public/
  packyard search WORD             find packs of a registry, and pull one
  packyard help build              options and examples of a command

${EXIT_CODES}`;

type AddCommand = (program: Command, context: CommandContext) => void;

/** Headings of help, and the command that each begins with. */
const GROUPS: Readonly<Record<string, string>> = {
  check: 'For contributors:',
  build: 'For publishers:',
  search: 'To use a registry:',
  cache: 'Commands:',
};

/** In the order in which help shows them. Each is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  check: async () => (await import('./check.ts')).addCheckCommand,
  explain: async () => (await import('./explain.ts')).addExplainCommand,
  diff: async () => (await import('./diff.ts')).addDiffCommand,
  build: async () => (await import('./build.ts')).addBuildCommand,
  doctor: async () => (await import('./doctor.ts')).addDoctorCommand,
  serve: async () => (await import('./serve.ts')).addServeCommand,
  publish: async () => (await import('./publish.ts')).addPublishCommand,
  yank: async () => (await import('./yank.ts')).addYankCommand,
  deprecate: async () => (await import('./deprecate.ts')).addDeprecateCommand,
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
  cache: async () => (await import('./cache.ts')).addCacheCommand,
};

/** One command where it comes first; all where there is something to choose from. */
function commandsFor([first = '']: readonly string[]): readonly string[] {
  if (['-V', '--version'].includes(first)) return [];
  return Object.hasOwn(COMMANDS, first) ? [first] : Object.keys(COMMANDS);
}

async function addCommands(program: Command, context: CommandContext, args: readonly string[]): Promise<void> {
  for (const name of commandsFor(args)) {
    const [heading, load] = [GROUPS[name], COMMANDS[name]];
    if (heading !== undefined) program.commandsGroup(heading);
    (await load?.())?.(program, context);
  }
}

/** Runs the command line; resolves with the exit status and never rejects. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let status: ExitCode = 0;
  const program = new Command('packyard')
    .description(
      'Turns a Git repository of Kubernetes packs into a registry made of static files, and uses such registries.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show help for a command')
    .showHelpAfterError('Run the command with --help to see what it takes.')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  const context = { terminal, finish: (result: ExitCode) => void (status = result) };
  try {
    await addCommands(program, context, args);
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    const json = args.includes('--json') || /(?:^|\n)--format(?:=|\n)json(?:\n|$)/u.test(args.join('\n'));
    // Findings, rules and their words are loaded only when there is something to say.
    const { reportError } = await import('./report-error.ts');
    if (!(error instanceof CommanderError)) return reportError(error, terminal, json);
    if (error.exitCode === 0) return 0;
    return json ? reportError(usageError(error), terminal, json) : 2;
  }
}

/** Commander has said it in words already; this is for who reads JSON. */
function usageError(error: CommanderError): PackyardError {
  const message = error.message.replace(/^error: /u, '');
  return new PackyardError({
    code: 'usage',
    message,
    hint: 'Run the command with --help to see what it takes.',
    cause: error,
  });
}
