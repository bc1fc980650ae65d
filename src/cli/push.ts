import type { Command } from 'commander';

import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import { HOST_KINDS, type HostKind } from '../contribute/push/host-kind.ts';
import type { PushOptions, PushProgress, PushResult } from '../contribute/push/push-options.ts';
import { PackyardError } from '../errors.ts';
import { choice } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';

interface PushFlags extends CommonFlags {
  readonly registry?: string;
  readonly remote?: string;
  readonly fork?: string;
  readonly base?: string;
  readonly branch?: string;
  readonly update?: boolean;
  readonly message?: string;
  readonly signOff: boolean;
  readonly hostKind?: HostKind;
  readonly open?: boolean;
  readonly api?: string;
  readonly tokenVariable?: string;
  readonly dryRun?: boolean;
  readonly cache: boolean;
}

const HELP = `
The packs are checked as the registry checks them, put where its layout has them, and pushed as one new branch with a
signed-off commit for each. Your checkout, its branches and its index stay as they are. A version that the registry has
already is refused, unless its content is the same: then there is nothing to do.

Git logs in as it always does: SSH agent, credential helpers. Over HTTPS, a token in GITHUB_TOKEN or GH_TOKEN (github.com),
GITLAB_TOKEN (gitlab.com) or GITEA_TOKEN (codeberg.org, gitea.com) is used where no helper is set up; --token-variable
names another one.

Examples:
  packyard push packs/nginx-1.2.3                          from a checkout, to the remote it comes from
  packyard push ./nginx --registry git@github.com:acme/packs.git
  packyard push ./nginx --registry https://github.com/acme/packs.git --fork git@github.com:ada/packs.git
  packyard push packs/nginx-1.2.3 --remote upstream --fork origin        from a checkout of your fork
  packyard push packs/nginx-1.2.3 --dry-run                what would be pushed, and nothing is
  packyard push packs/nginx-1.2.3 --open                   open the pull request as well, with a token or gh
  packyard push packs/nginx-1.2.3 --update                 once more, after a review

${EXIT_CODES}`;

export function addPushCommand(program: Command, context: CommandContext): void {
  program
    .command('push')
    .argument('<directories...>', 'folders of packs')
    .summary('put packs on a branch of a registry, for a pull request')
    .description(
      "Checks packs, pushes them to a branch of a registry's Git repository, and says where to open the pull request.",
    )
    .option('--registry <address>', 'the Git repository of the registry; default: where the checkout comes from')
    .option(
      '--remote <name>',
      'the remote of the checkout that is the registry; default: that of the branch, or origin',
    )
    .option('--fork <address>', 'the Git repository that is pushed to instead, by address or remote')
    .option('--base <branch>', 'the branch of the registry that is built on; default: the one of its HEAD')
    .option('--branch <name>', 'the branch that is pushed; default: packyard/NAME-VERSION')
    .option('--update', 'replace the branch where it is there with other content')
    .option('--message <text>', 'the message of the commits')
    .option('--no-sign-off', 'leave out Signed-off-by')
    .option('--open', 'open the pull request as well, with a token or gh')
    .option('--api <address>', "with --open: the address of the host's API")
    .option(
      '--host-kind <kind>',
      `what the host is: ${HOST_KINDS.join(', ')}; default: by its name`,
      choice(HOST_KINDS),
    )
    .option('--token-variable <name>', 'the environment variable with a token for the repository that is pushed to')
    .option('--dry-run', 'print what would be pushed, and push nothing')
    .option('--no-cache', 'do not keep a clone of the registry')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', HELP)
    .action(async (directories: string[], flags: PushFlags) => {
      context.finish(await runPush(directories, flags, context.terminal));
    });
}

async function runPush(directories: readonly string[], flags: PushFlags, terminal: Terminal): Promise<ExitCode> {
  const { json, quiet, dryRun } = flags;
  const silent = json === true || quiet === true;
  const options = optionsOf(directories, flags, (event) => {
    if (!silent) terminal.err(`${oneLine(STEPS[event.step](event.label))}\n`);
  });
  const [{ planPush, push }, { findingsText, planText, pushDocument, resultText }] = await Promise.all([
    import('../contribute/push/push.ts'),
    import('./push-report.ts'),
  ]);
  if (dryRun === true) {
    const plan = await planPush(options);
    if (!silent) terminal.err(findingsText(plan, terminal.paintErr));
    if (json === true) terminal.out(jsonText(pushDocument(plan, true)));
    else if (quiet !== true) terminal.out(planText(plan));
    return 0;
  }
  const result = await push(options);
  if (!silent) terminal.err(findingsText(result, terminal.paintErr));
  if (json === true) terminal.out(jsonText(pushDocument(result, false)));
  else if (quiet !== true) terminal.out(resultText(result));
  return openedStatus(result, flags, terminal);
}

const STEPS: Readonly<Record<PushProgress['step'], (label: string) => string>> = {
  fetch: (label) => `Looking at ${label}`,
  check: (label) => `Checking ${label}`,
  push: (label) => `Pushing to ${label}`,
  retry: (label) => `${label} was changed meanwhile: once more`,
  open: (label) => `Opening the pull request at ${label}`,
};

function optionsOf(
  directories: readonly string[],
  flags: PushFlags,
  onProgress: (event: PushProgress) => void,
): PushOptions {
  const { registry, remote, fork, base, branch, update, message, signOff, hostKind, open, api, tokenVariable, cache } =
    flags;
  if (api !== undefined && open !== true) {
    throw new PackyardError({ code: 'usage', message: '--api needs --open.', hint: 'Add --open, or leave it out.' });
  }
  return {
    directories,
    signOff,
    onProgress,
    ...(registry !== undefined && { registry }),
    ...(remote !== undefined && { remote }),
    ...(fork !== undefined && { fork }),
    ...(base !== undefined && { base }),
    ...(branch !== undefined && { branch }),
    ...(update !== undefined && { update }),
    ...(message !== undefined && { message }),
    ...(hostKind !== undefined && { hostKind }),
    ...(tokenVariable !== undefined && { tokenVariable }),
    ...(open === true && { open: api === undefined ? {} : { api } }),
    ...(!cache && { cache: false as const }),
  };
}

/** The branch is there either way; that its pull request is not is what was asked for and could not be done. */
function openedStatus({ opened }: PushResult, { json }: PushFlags, terminal: Terminal): ExitCode {
  if (opened === undefined || !('failure' in opened)) return 0;
  const warning = {
    message: `The branch was pushed, but its pull request is not open: ${opened.failure}.`,
    hint: 'Open it on the page that is named, or push again with --open: what is there stays.',
  };
  if (json !== true) printWarning(warning, terminal);
  return 2;
}
