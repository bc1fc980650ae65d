import { InvalidArgumentError, type Command } from 'commander';

import type { AnsweredRequest, LocalServer, ServedBuild, ServeOptions } from '../publish/serve/serve.ts';
import { PackyardError } from '../errors.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { printWarning } from './print-warning.ts';
import { untilStopped } from './until-stopped.ts';

interface ServeFlags extends CommonFlags {
  readonly repo?: string;
  readonly host?: string;
  readonly port?: number;
  readonly keepGoing?: boolean;
  readonly cache: boolean;
  readonly verbose?: boolean;
}

const HELP = `
Without DIR the registry is built from the work tree into a temporary folder, and again after every change; pages that
show it load themselves anew. Where a change has errors they are printed, and what was there before is served on.
Ctrl-C ends it.

Examples:
  packyard serve                             see the packs of this repository before the pull request
  packyard search web --registry http://127.0.0.1:7225
                                             use them as a client, in another terminal
  packyard serve public --port 8080          what \`packyard build\` made, at a port of your choice
  packyard serve --host 0.0.0.0 --verbose    for others in the network as well, with a line for each request

${EXIT_CODES}`;

export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .argument('[dir]', 'folder of a built registry; default: build one from the work tree')
    .summary('look at a registry on this machine, as a host would serve it')
    .description(
      'Serves the registry in DIR, or that of the work tree, on this machine, with the headers of a good host.',
    )
    .option('--repo <dir>', 'without DIR: a folder of the repository; default: the current one')
    .option('--port <number>', 'where to listen, 0 for any; default: 7225, or the next one that is free', portNumber)
    .option('--host <host>', 'address to listen at; default: 127.0.0.1, which no other machine can reach')
    .option('--keep-going', 'without DIR: when a pack has errors, build the others')
    .option('--no-cache', 'without DIR: neither read nor write the cache of builds')
    .option('--verbose', 'print a line for each request')
    .option('--json', 'print where it listens as JSON')
    .option('-q, --quiet', 'print findings and errors only')
    .addHelpText('after', HELP)
    .action((folder: string | undefined, flags: ServeFlags) => runServe(folder, flags, context));
}

function portNumber(value: string): number {
  if (!/^\d{1,5}$/u.test(value) || Number(value) > 65_535) {
    throw new InvalidArgumentError('It is a whole number from 0 to 65535.');
  }
  return Number(value);
}

async function runServe(folder: string | undefined, flags: ServeFlags, context: CommandContext): Promise<void> {
  const { terminal, finish } = context;
  requireSense(folder, flags);
  const [{ serve }, { buildText, isLoopback, requestLine }] = await Promise.all([
    import('../publish/serve/serve.ts'),
    import('./serve-report.ts'),
  ]);
  const { verbose, quiet, host } = flags;
  const server = await serve({
    ...serveOptions(folder, flags),
    onBuild: (done: ServedBuild) => terminal.err(buildText(done, quiet === true, terminal.paintErr)),
    onRequest: (request: AnsweredRequest) => {
      const failed = request.error !== undefined;
      if (verbose === true || failed) terminal.err(requestLine(request));
    },
    onWarning: (warning) => printWarning(warning, terminal),
  });
  if (host !== undefined && !isLoopback(host)) {
    const message = `Every machine that reaches ${host} can read this registry.`;
    printWarning({ message, hint: 'Leave --host out to serve this machine only.' }, terminal);
  }
  const stopped = untilStopped();
  await announce(server, flags, context);
  await stopped;
  await server.close();
  if (quiet !== true) terminal.err('Stopped.\n');
  finish(0);
}

async function announce({ url, folder }: LocalServer, flags: ServeFlags, { terminal }: CommandContext): Promise<void> {
  if (flags.json === true) {
    const { jsonText } = await import('../check/reporters/json-text.ts');
    terminal.out(jsonText({ format: 'packyard-serve/1', url, folder }));
  } else {
    terminal.out(`${terminal.paintOut('bold', 'Registry')} ${url} (Ctrl-C ends it)\n`);
  }
}

function requireSense(folder: string | undefined, { repo, keepGoing, cache }: ServeFlags): void {
  if (folder === '') throw usage('DIR is empty.', 'Name a folder, or leave it out to serve the work tree.');
  if (folder === undefined || (repo === undefined && keepGoing !== true && cache)) return;
  throw usage(
    'DIR is served as it is, and --repo, --keep-going and --no-cache are about a registry that is built.',
    'Leave out the one or the other.',
  );
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}

function serveOptions(folder: string | undefined, { repo, host, port, keepGoing, cache }: ServeFlags): ServeOptions {
  return {
    ...(folder !== undefined && { folder }),
    ...(repo !== undefined && { repository: repo }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(keepGoing === true && { keepGoing }),
    ...(!cache && { cache: false as const }),
  };
}
