import type { Command } from 'commander';

import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import type { LoggedOut } from '../client/settings/log-out.ts';
import { PackyardError } from '../errors.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

interface LogoutFlags extends CommonFlags {
  readonly all?: boolean;
}

const HELP = `
Forgets what "packyard login" stored; what netrc and variables hold stays.

Examples:
  packyard logout                    the login of the registry that is configured here
  packyard logout work
  packyard logout https://packs.example.org/team/
  packyard logout --all

${EXIT_CODES}`;

export function addLogoutCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('logout')
    .argument('[registry]', 'name or address of a registry; default: the configured one')
    .summary('forget a login')
    .description('Forgets the login of a registry, by its name or address.')
    .option('--all', 'forget every login')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', HELP)
    .action((registry: string | undefined, flags: LogoutFlags) => runLogout(registry, flags, terminal));
}

async function runLogout(registry: string | undefined, flags: LogoutFlags, terminal: Terminal): Promise<void> {
  const { all, json, quiet } = flags;
  if (all === true && registry !== undefined) {
    throw new PackyardError({
      code: 'usage',
      message: 'Both a registry and --all are given.',
      hint: 'Name one registry, or give --all.',
    });
  }
  const { logOut, logOutOfAll } = await import('../client/settings/log-out.ts');
  const { loginAddress } = await import('../client/settings/login-address.ts');
  const url = all === true ? undefined : (await loginAddress(registry)).url;
  const result = url === undefined ? await logOutOfAll() : await logOut(url);
  if (json === true) terminal.out(jsonText({ format: 'packyard-logout/1', ...result }));
  else if (quiet !== true) terminal.out(formatted(result, url));
}

function formatted({ forgotten, stillBy }: LoggedOut, url: string | undefined): string {
  const done = forgotten.map((each) => `Forgot the login for ${oneLine(each)}.\n`).join('');
  const none = url === undefined ? 'No login was stored.\n' : `No login was stored for ${oneLine(url)}.\n`;
  const still = stillBy === undefined ? '' : `The login for ${oneLine(stillBy)} is still used for it.\n`;
  return `${forgotten.length === 0 ? none : done}${still}`;
}
