import { Option, type Command } from 'commander';

import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import type { LoggedIn } from '../client/settings/log-in.ts';
import type { Login } from '../client/settings/login.ts';
import type { LoginAddress } from '../client/settings/login-address.ts';
import { shellWord } from '../client/settings/shell-word.ts';
import { VARIABLES } from '../client/settings/variables.ts';
import { PackyardError } from '../errors.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';

interface LoginFlags extends CommonFlags {
  readonly token?: boolean;
  readonly username?: string;
  readonly header?: string;
  readonly stdin?: boolean;
  readonly variable?: string;
  readonly keyring?: boolean;
  readonly verify: boolean;
}

const HELP = `
The secret is asked for without being shown; it is never an argument, which others could see.
The login is kept for the address of the registry and what is below it, in a file that only you can read.
A login that netrc has is used as well, and PACKYARD_TOKEN goes before both.

Examples:
  packyard login work                        ask for a token
  packyard login work --username me          ask for a password
  packyard login work --header X-Api-Key     ask for the value of a header
  packyard login work --stdin < token.txt
  packyard login work --variable CI_TOKEN    as the variable CI_TOKEN has it
  packyard login https://packs.example.org/team/ --keyring

${VARIABLES}

${EXIT_CODES}`;

export function addLoginCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('login')
    .argument('[registry]', 'name or address of a registry; default: the configured one')
    .summary('log in to a registry')
    .description('Stores a login for a registry, by its name or address. Public registries need none.')
    .option('--token', 'a bearer token; the default')
    .addOption(new Option('--username <name>', 'a user name, and a password').conflicts('token'))
    .addOption(new Option('--header <name>', 'a header of that name').conflicts(['token', 'username']))
    .option('--stdin', 'read the secret from standard input')
    .addOption(new Option('--variable <name>', 'take the secret from an environment variable').conflicts('stdin'))
    .option('--keyring', 'keep the secret in the keyring of the system')
    .option('--no-verify', 'store it without asking the registry')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', HELP)
    .action((registry: string | undefined, flags: LoginFlags) => runLogin(registry, flags, terminal));
}

async function runLogin(registry: string | undefined, flags: LoginFlags, terminal: Terminal): Promise<void> {
  const [{ loginAddress }, { logIn }] = await Promise.all([
    import('../client/settings/login-address.ts'),
    import('../client/settings/log-in.ts'),
  ]);
  const to = await loginAddress(registry);
  const { keyring, verify, json, quiet } = flags;
  const login = loginOf(flags, await secretFor(to, flags, terminal));
  const result = await logIn({ to, login, verify, ...(keyring !== undefined && { keyring }) });
  const { warnings, ...rest } = result;
  if (quiet !== true) warnings.forEach((warning) => printWarning(warning, terminal));
  if (json === true) terminal.out(jsonText({ format: 'packyard-login/1', ...rest }));
  else if (quiet !== true) terminal.out(formatted(result));
}

function loginOf({ username, header }: LoginFlags, secret: string): Login {
  if (username !== undefined) return { kind: 'basic', username, secret };
  return header === undefined ? { kind: 'token', secret } : { kind: 'header', header, secret };
}

async function secretFor(to: LoginAddress, flags: LoginFlags, terminal: Terminal): Promise<string> {
  const { stdin, variable, username, header } = flags;
  const unseen = stdin === true || variable !== undefined;
  if (to.onlyProject !== undefined && unseen) {
    throw new PackyardError({
      code: 'usage',
      message: `Only ${oneLine(to.onlyProject)} says that this registry is at ${oneLine(to.url)}, and anybody may have written that.`,
      hint: `If it is right, name the address: packyard login ${oneLine(shellWord(to.url))}`,
    });
  }
  if (stdin === true) {
    const { readStandardInput } = await import('./standard-input.ts');
    return (await readStandardInput()).toString('utf8').replace(/\r?\n$/u, '');
  }
  if (variable !== undefined) return valueOf(variable);
  if (process.stdin.isTTY !== true) {
    throw new PackyardError({
      code: 'usage',
      message: 'There is no terminal to ask for the secret at.',
      hint: 'Give it with --stdin, or in a variable with --variable NAME.',
    });
  }
  const { askSecret } = await import('./ask-secret.ts');
  const value = header === undefined ? 'Token' : `Value of ${oneLine(header)}`;
  const what = username === undefined ? value : `Password of ${oneLine(username)}`;
  const origin = to.onlyProject === undefined ? '' : `, as ${oneLine(to.onlyProject)} says`;
  return askSecret(`${what} for ${oneLine(to.url)}${origin}: `, (text) => terminal.err(text));
}

function valueOf(variable: string): string {
  const value = process.env[variable];
  if (value !== undefined && value !== '') return value;
  throw new PackyardError({
    code: 'usage',
    message: `The variable ${oneLine(variable)} is ${value === undefined ? 'not set' : 'empty'}.`,
    hint: 'Set it, or give the secret with --stdin.',
  });
}

const VERIFIED = {
  accepted: 'The registry accepts it.',
  public: 'The registry answers without a login too, so it is not known whether it is right.',
  unverified: 'The registry was not asked whether it accepts it.',
} as const;

function formatted({ url, place, verified }: LoggedIn): string {
  return `Stored the login for ${oneLine(url)} in ${oneLine(place)}. ${VERIFIED[verified]}\n`;
}
