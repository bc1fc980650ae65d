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
  packyard help build              options and examples of a command

${EXIT_CODES}`;

type AddCommand = (program: Command, context: CommandContext) => void;

/** In the order in which help shows them. Each is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  check: async () => (await import('./check.ts')).addCheckCommand,
  explain: async () => (await import('./explain.ts')).addExplainCommand,
  build: async () => (await import('./build.ts')).addBuildCommand,
  diff: async () => (await import('./diff.ts')).addDiffCommand,
  yank: async () => (await import('./yank.ts')).addYankCommand,
  deprecate: async () => (await import('./deprecate.ts')).addDeprecateCommand,
  cache: async () => (await import('./cache.ts')).addCacheCommand,
};

/** One command where it comes first; all where there is something to choose from. */
function commandsFor([first = '']: readonly string[]): readonly (() => Promise<AddCommand>)[] {
  if (['-V', '--version'].includes(first)) return [];
  const command = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  return command === undefined ? Object.values(COMMANDS) : [command];
}

/** Runs the command line; resolves with the exit status and never rejects. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let status: ExitCode = 0;
  const program = new Command('packyard')
    .description('Turns a Git repository of Kubernetes packs into a registry made of static files.')
    .version(version(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show help for a command')
    .showHelpAfterError('Run the command with --help to see what it takes.')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  const context = { terminal, finish: (result: ExitCode) => void (status = result) };
  try {
    for (const load of commandsFor(args)) (await load())(program, context);
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
