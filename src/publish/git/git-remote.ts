import { PackyardError } from '../../errors.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { settingVariables } from '../../repo/git-environment.ts';
import { settingsIn, type ScopedSetting, type Setting } from '../../repo/own-programs.ts';
import { openRepository, type Repository } from '../../repo/repository.ts';
import { looksLikeAddress, reachableAddress } from './remote-address.ts';
import { runGit } from './run-git.ts';

/** Where a branch is pushed to, and how. */
export interface GitRemote {
  /** Its address for messages, without credentials. */
  readonly shown: string;
  /** As Git takes it, credentials and all: for no message. */
  readonly address: string;
  /** Under which Git finds it as `live`, with the settings of the user's repository that lead there. */
  readonly environment: Readonly<Record<string, string>>;
  /** What must not stand in any message. */
  readonly secrets: readonly string[];
  /** Keys of the repository's own settings that name programs to get there with: none of them is run. */
  readonly putAside: readonly string[];
  /** The repository that it was found with. */
  readonly repository: Repository | undefined;
}

/** The name that a remote has in the repository that is made for it. */
export const LIVE = 'live';

/**
 * Finds a remote by its name in a repository, or by its address. Without a repository, only by its address. Rejects with
 * `usage` where there is none, and as `openRepository` does.
 */
export async function findRemote(
  directory: string | undefined,
  remote: string,
  signal?: AbortSignal,
): Promise<GitRemote> {
  const repository = await repositoryAt(directory, remote);
  const listed = repository === undefined ? [] : await ownSettings(repository, signal);
  const address = await addressOf(repository, remote, listed, signal);
  const own = listed.filter(({ scope }) => scope === 'local' || scope === 'worktree').map(({ setting }) => setting);
  const leading = own.filter(([key]) => LEADING.test(key) && !PROGRAM.test(key));
  return {
    shown: shownRemote(address),
    address,
    environment: {
      ...callersPrograms(),
      ...settingVariables([
        ...leading,
        [`remote.${LIVE}.url`, address],
        ['protocol.version', '2'],
        ['pack.useSparse', 'false'],
        ['gc.auto', '0'],
      ]),
    },
    secrets: secretsOf(address, listed),
    putAside: own.map(([key]) => key).filter((key) => PROGRAM.test(key)),
    repository,
  };
}

/** Who names an address needs no repository. */
async function repositoryAt(directory: string | undefined, remote: string): Promise<Repository | undefined> {
  if (directory === undefined) return undefined;
  try {
    return await openRepository(directory);
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'no-repository' && looksLikeAddress(remote)) return undefined;
    throw error;
  }
}

/** Settings of a repository that say how a remote is reached and who asks: what continuous integration leaves there. */
const LEADING = /^(?:http|credential)\./u;

/** Those that name a program, which Packyard runs only where the user's own settings or environment name it. */
const PROGRAM = /^(?:credential\.(?:.*\.)?helper|core\.(?:sshcommand|askpass|gitproxy))$/su;

/** Programs that whoever calls has set up for getting there; where Git only reads they are left out. */
function callersPrograms(): Record<string, string> {
  const names = ['GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_SSH_VARIANT', 'GIT_ASKPASS', 'SSH_ASKPASS'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

async function ownSettings(repository: Repository, signal?: AbortSignal): Promise<readonly ScopedSetting[]> {
  const { root, environment } = repository;
  const args = ['config', '--list', '--show-scope', '-z'];
  const { stdout } = await runGit(args, { directory: root, environment, signal });
  return settingsIn(stdout);
}

async function addressOf(
  repository: Repository | undefined,
  remote: string,
  listed: readonly ScopedSetting[],
  signal?: AbortSignal,
): Promise<string> {
  const named = listed.some(
    ({ setting: [key] }) => key === `remote.${remote}.url` || key === `remote.${remote}.pushurl`,
  );
  if (repository !== undefined && named) {
    const { root, environment } = repository;
    const args = ['remote', 'get-url', '--push', '--all', '--', remote];
    const { stdout } = await runGit(args, { directory: root, environment, signal });
    const [address = '', second] = stdout.split('\n').filter((line) => line !== '');
    if (second !== undefined) throw severalError(remote);
    if (address !== '') return reachableAddress(address, root);
  }
  if (!looksLikeAddress(remote)) throw unknownError(remote, repository, listed);
  return reachableAddress(remote, process.cwd());
}

/** An address for messages: without credentials and query. */
export function shownRemote(address: string): string {
  const { scheme, rest } = /^(?<scheme>[A-Za-z][\w+.-]*:\/\/)(?<rest>.*)$/su.exec(address)?.groups ?? {};
  if (scheme === undefined || rest === undefined)
    return escapeControl(address.replace(/^(?![A-Za-z]:[\\/])[^/@]*:[^/@]*@/u, ''));
  const [plain = ''] = rest.split(/[?#]/u, 1);
  return escapeControl(`${scheme}${plain.replace(/^[^/]*@/u, '')}`);
}

/** Passwords of the address, encoded and not, and headers that Git is told to send. */
function secretsOf(address: string, listed: readonly ScopedSetting[]): readonly string[] {
  const [, login = ''] = /^[A-Za-z][\w+.-]*:\/\/([^/]*)@/u.exec(address) ?? [];
  const [user = '', ...password] = login.split(':');
  const parts = login === '' ? [] : [login, password.length === 0 ? user : password.join(':')];
  const headers = listed.map(({ setting }) => setting).flatMap(headerSecrets);
  const query = /[?#].*$/su.exec(address)?.[0] ?? '';
  return [...parts, ...parts.map(decoded), ...headers, query].filter((secret) => secret.length > 3 && secret !== 'git');
}

function headerSecrets([key, value]: Setting): readonly string[] {
  if (!/^http\..*extraheader$/su.test(key) && key !== 'http.extraheader') return [];
  return [value, ...value.split(/\s+/u).slice(-1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function severalError(remote: string): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `The remote ${JSON.stringify(remote)} has several addresses to push to.`,
    hint: 'Name the one to publish to by its address instead.',
  });
}

function unknownError(
  remote: string,
  repository: Repository | undefined,
  listed: readonly ScopedSetting[],
): PackyardError {
  const keys = listed.flatMap(({ setting: [key] }) => /^remote\.(.*)\.(?:push)?url$/su.exec(key)?.[1] ?? []);
  const names = [...new Set(keys)].map((name) => JSON.stringify(name)).join(', ');
  const where =
    repository === undefined ? 'without a repository there are no names' : `${repository.root} has none so named`;
  return new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(escapeControl(remote))} is no remote: ${where}, and it is no address either.`,
    hint:
      names === ''
        ? 'Name an address: https://…, ssh://…, host:path, or a folder as ./name.'
        : `Remotes there: ${names}.`,
  });
}
