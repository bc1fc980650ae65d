import { PackyardError } from '../../errors.ts';
import { runGit } from '../../publish/git/run-git.ts';
import type { Setting } from '../../repo/own-programs.ts';

/** A token from a variable of the environment. */
export interface Token {
  readonly variable: string;
  readonly value: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that hold a token, the hosts that it is known to be for, and variables that name further ones. */
const KNOWN: readonly {
  readonly variables: readonly string[];
  readonly hosts: readonly string[];
  readonly servers: readonly string[];
}[] = [
  { variables: ['GH_TOKEN', 'GITHUB_TOKEN'], hosts: ['github.com'], servers: ['GITHUB_SERVER_URL'] },
  { variables: ['GITLAB_TOKEN'], hosts: ['gitlab.com'], servers: ['CI_SERVER_URL', 'GITLAB_HOST'] },
  { variables: ['GITEA_TOKEN'], hosts: ['gitea.com', 'codeberg.org'], servers: ['GITEA_SERVER_URL'] },
];

/** Variables in which a token for an origin (`https://github.com`) may be: each is for its own host and no other. */
export function tokenVariables(origin: string, environment: Environment = process.env): readonly string[] {
  const { protocol, host } = new URL(origin);
  if (protocol !== 'https:') return [];
  return KNOWN.flatMap(({ variables, hosts, servers }) => {
    const more = servers.flatMap((name) => hostOf(environment[name]));
    return [...hosts, ...more].includes(host) ? variables : [];
  });
}

function hostOf(address: string | undefined): string[] {
  if (address === undefined || address === '') return [];
  const url = address.startsWith('https://') ? address : `https://${address}`;
  return URL.canParse(url) ? [new URL(url).host] : [];
}

/** The token for an origin: of the variable that is named, or of those that are known to be for it. */
export function tokenFor(
  origin: string,
  named: string | undefined,
  environment: Environment = process.env,
): Token | undefined {
  if (named !== undefined) return namedToken(origin, named, environment);
  for (const variable of tokenVariables(origin, environment)) {
    const value = environment[variable];
    if (value !== undefined && isToken(value)) return { variable, value };
  }
  return undefined;
}

function namedToken(origin: string, variable: string, environment: Environment): Token {
  const value = environment[variable] ?? '';
  if (!isToken(value)) {
    throw new PackyardError({
      code: 'usage',
      message: `The variable ${JSON.stringify(variable)} ${value === '' ? 'is not set' : 'holds what cannot be a token: white space or control characters'}.`,
      hint: 'Set it to the token, and name the variable only: a token itself is never an argument.',
    });
  }
  requireSafe(origin);
  return { variable, value };
}

function isToken(value: string): boolean {
  return /^[\u0021-\u007e]+$/u.test(value);
}

/** Throws `usage` where what is sent to an origin could be read on the way. */
export function requireSafe(origin: string): void {
  const { protocol, hostname } = new URL(origin);
  if (protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname)) return;
  throw new PackyardError({
    code: 'usage',
    message: `A token is not sent to ${origin}, where anybody on the way could read it.`,
    hint: 'Name an address that begins with https://.',
  });
}

/** How Git gets to a remote over HTTP, besides what its own settings say. */
export interface HttpAccess {
  readonly settings: readonly Setting[];
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** What was tried, for a message. */
  readonly tried: readonly string[];
}

/** In the environment of Git alone; a helper reads it there. */
const VARIABLE = 'PACKYARD_GIT_TOKEN';

/**
 * A token as a credential helper, which Git asks only when the server wants to know who is there, and only for that
 * origin. One that is not named helps out where no helper is set up: Git would hand it to those, to be kept.
 */
export async function httpAccess(
  address: string,
  named: string | undefined,
  environment: Readonly<Record<string, string>>,
): Promise<HttpAccess> {
  const { origin, username, password } = new URL(address);
  const helpers = await helpersIn(environment);
  const token = named !== undefined || (helpers.length === 0 && password === '') ? tokenFor(origin, named) : undefined;
  const variables = tokenVariables(origin);
  const tried = [
    ...(password === '' ? [] : ['the login in the address']),
    token !== undefined ? `the token in ${token.variable}` : withoutToken(variables),
    helpers.length === 0 ? 'no credential helper is set up' : `credential helpers: ${helpers.join(', ')}`,
    ...['GIT_ASKPASS', 'SSH_ASKPASS']
      .filter((name) => environment[name] !== undefined)
      .map((name) => `the program in ${name}`),
    'prompts of the terminal are off',
  ];
  if (token === undefined) return { settings: [], environment: {}, secrets: [], tried };
  const user = username === '' ? `echo username=${/gitlab/u.test(origin) ? 'oauth2' : 'x-access-token'}; ` : '';
  const helper = `!f() { test "$1" != get || { ${user}printf 'password=%s\\n' "$${VARIABLE}"; }; }; f`;
  return {
    settings: [
      ['credential.helper', ''],
      [`credential.${origin}.helper`, helper],
    ],
    environment: { [VARIABLE]: token.value },
    secrets: [token.value],
    tried,
  };
}

function withoutToken(variables: readonly string[]): string {
  return variables.length === 0
    ? 'no variable with a token is known for this host: name one with --token-variable'
    : `no token of ${variables.join(' or ')}`;
}

/** Names of the programs that Git asks for credentials: arguments can be secrets. */
async function helpersIn(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { tmpdir } = await import('node:os');
  const args = ['config', '-z', '--get-regexp', '^credential\\.(.*\\.)?helper$'];
  const outside = { ...environment, GIT_CEILING_DIRECTORIES: tmpdir() };
  const { stdout } = await runGit(args, { directory: tmpdir(), environment: outside });
  let names: string[] = [];
  for (const entry of stdout.split('\0').filter((text) => text !== '')) {
    const value = entry.slice(entry.indexOf('\n') + 1);
    if (value === '' || !entry.includes('\n')) names = [];
    else names.push(helperName(value));
  }
  return [...new Set(names)];
}

function helperName(value: string): string {
  const [program = ''] = value.replace(/^!/u, '').trim().split(/\s/u);
  const name = /[\w.-]+$/u.exec(program)?.[0];
  return name ?? 'a shell command';
}
