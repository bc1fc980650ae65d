import { join } from 'node:path';

import { oneLine } from '../../check/one-line.ts';
import { PackyardError } from '../../errors.ts';
import type { OpenRegistryOptions } from '../open-registry-options.ts';
import { editStoredLogins, CREDENTIALS_FILE, type StoredLogin } from './credentials-file.ts';
import type { Keyring } from './keyring.ts';
import { systemKeyring } from './system-keyring.ts';
import { headerNameProblem, loginHeaders, secretProblem, type Login } from './login.ts';
import type { LoginAddress } from './login-address.ts';
import { isOpenToOthers } from './registry-address.ts';
import { settingsDirectory } from './settings-directory.ts';
import type { SettingsWarning } from './settings-warning.ts';

export interface LogInOptions {
  readonly to: LoginAddress;
  readonly login: Login;
  /** Keeps the secret in the keyring of the system. */
  readonly keyring?: boolean | Keyring;
  /** Asks the registry with it first; true unless told. */
  readonly verify?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

export interface LoggedIn {
  readonly url: string;
  readonly kind: Login['kind'];
  /** The file or keyring that has the secret. */
  readonly place: string;
  /** `accepted`: it is let in with it and not without. `public`: everybody is let in. `unverified`: it was not asked. */
  readonly verified: 'accepted' | 'public' | 'unverified';
  readonly warnings: readonly SettingsWarning[];
}

/**
 * Stores a login for the address of a registry and what is below it, after asking the registry with it. Rejects with
 * `usage` where it cannot be one, as `openRegistry` does where the registry refuses it, and with `credentials-unusable`.
 */
export async function logIn(options: LogInOptions): Promise<LoggedIn> {
  const { to, login, environment = process.env, verify = true, signal } = options;
  checkLogin(login);
  const folder = settingsDirectory(environment);
  const keyring = chosenKeyring(options.keyring, environment);
  const verified = verify ? await verifiedWith(login, to, signal) : 'unverified';
  await keyring?.write(to.url, login.secret);
  const { secret, ...rest } = login;
  const stored: StoredLogin = keyring === undefined ? { ...rest, secret } : { ...rest, keyring: true };
  await editStoredLogins(folder, (logins) => void logins.set(to.url, stored));
  const place = keyring?.name ?? join(folder, CREDENTIALS_FILE);
  return { url: to.url, kind: login.kind, place, verified, warnings: isOpenToOthers(to.base) ? [unprotected(to)] : [] };
}

function checkLogin(login: Login): void {
  const problem = secretProblem(login.secret, login.kind);
  const what = { token: 'token', basic: 'password', header: 'value of the header' }[login.kind];
  if (problem !== undefined)
    throw usage(`The ${what} ${problem}.`, 'Nothing was stored. Give it as the registry gave it to you.');
  if (login.kind === 'header') {
    const strange = headerNameProblem(login.header);
    if (strange !== undefined)
      throw usage(`${JSON.stringify(login.header)} ${strange}.`, 'Name one such as X-Api-Key.');
  }
  // In what is sent, the first colon divides the two (RFC 7617, 2).
  // eslint-disable-next-line no-control-regex
  if (login.kind === 'basic' && /[:\u0000-\u001f\u007f]/u.test(login.username)) {
    throw usage('A user name holds neither a colon nor control characters.', 'Give the password when it is asked for.');
  }
}

function chosenKeyring(wanted: boolean | Keyring | undefined, environment: NodeJS.ProcessEnv): Keyring | undefined {
  if (wanted === undefined || wanted === false) return undefined;
  const keyring = wanted === true ? systemKeyring(environment) : wanted;
  if (keyring !== undefined) return keyring;
  throw new PackyardError({
    code: 'credentials-unusable',
    message: 'Packyard knows no keyring of this system.',
    hint: 'Log in without --keyring: the login is kept in a file that only you can read.',
  });
}

/** The registry is the only one who knows. */
async function verifiedWith(login: Login, to: LoginAddress, signal?: AbortSignal): Promise<'accepted' | 'public'> {
  const { openRegistry } = await import('../open-registry.ts');
  const ask = async (headers?: Readonly<Record<string, string>>): Promise<void> => {
    const { fetch } = to;
    const options: OpenRegistryOptions = {
      cache: false,
      ...(fetch !== undefined && { fetch }),
      ...(headers !== undefined && { headers }),
      ...(signal !== undefined && { signal }),
    };
    const registry = await openRegistry(to.url, options);
    try {
      await registry.index();
    } finally {
      await registry.close();
    }
  };
  try {
    await ask(loginHeaders(login));
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    const { code, message, hint = '' } = error;
    const rest = 'Nothing was stored; --no-verify stores it unasked.';
    throw new PackyardError({ code, message, hint: hint === '' ? rest : `${hint} ${rest}`, cause: error });
  }
  try {
    await ask();
    return 'public';
  } catch (error) {
    if (error instanceof PackyardError) return 'accepted';
    throw error;
  }
}

function unprotected({ url }: LoginAddress): SettingsWarning {
  return {
    message: `${oneLine(url)} is not encrypted: everybody on the way can read this login.`,
    hint: 'Use https:// where the host has it, and log in there.',
  };
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
