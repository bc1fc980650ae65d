import { PackyardError } from '../../errors.ts';
import { readStoredLogins } from './credentials-file.ts';
import { closest } from './covers.ts';
import type { Keyring } from './keyring.ts';
import { secretProblem, type Login } from './login.ts';
import { netrcLogin } from './netrc-login.ts';
import type { RegistryAddress } from './registry-address.ts';
import type { SettingsWarning } from './settings-warning.ts';

/** A login, and where it comes from. */
export interface FoundLogin {
  readonly login: Login;
  readonly from: 'PACKYARD_TOKEN' | 'login' | 'netrc' | 'address';
  /** The file or keyring, or the address that the login was stored for. */
  readonly place?: string;
}

export interface LoginQuestion {
  readonly address: RegistryAddress;
  /** Whether the user gave the address, in settings, a variable or a flag; a project's file is not the user's word. */
  readonly named: boolean;
  /** Whether `PACKYARD_TOKEN` is meant for it. */
  readonly token: boolean;
  /** Folder of the settings. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly keyring?: Keyring;
}

export interface LoginAnswer {
  readonly found?: FoundLogin;
  readonly warnings: readonly SettingsWarning[];
}

/**
 * The login for an address: the variable, then what `login` stored for this address or one above it, then netrc, then
 * what stood in the address. Rejects with `credentials-unusable`.
 */
export async function loginFor(question: LoginQuestion): Promise<LoginAnswer> {
  const { address, environment } = question;
  const { base, authorization } = address;
  if (base === undefined) return { warnings: [] };
  const variable = question.token ? tokenOf(environment) : undefined;
  if (variable !== undefined) return { found: { login: variable, from: 'PACKYARD_TOKEN' }, warnings: [] };
  const stored = await storedLogin(address.url, question);
  if (stored !== undefined) return { found: stored, warnings: [] };
  const netrc = await netrcLogin(base, question.named, environment);
  if (netrc.login !== undefined) {
    const place = netrc.file === undefined ? {} : { place: netrc.file };
    return { found: { login: netrc.login, from: 'netrc', ...place }, warnings: netrc.warnings };
  }
  if (authorization === undefined) return { warnings: netrc.warnings };
  const login: Login = { kind: 'header', header: 'authorization', secret: authorization };
  return { found: { login, from: 'address' }, warnings: netrc.warnings };
}

function tokenOf({ PACKYARD_TOKEN: token }: NodeJS.ProcessEnv): Login | undefined {
  if (token === undefined || token === '') return undefined;
  const problem = secretProblem(token, 'token');
  if (problem === undefined) return { kind: 'token', secret: token };
  throw new PackyardError({
    code: 'credentials-unusable',
    message: `The token in PACKYARD_TOKEN ${problem}.`,
    hint: 'Set it again, without blanks or line breaks around it, or unset it.',
  });
}

async function storedLogin(url: string, question: LoginQuestion): Promise<FoundLogin | undefined> {
  const logins = await readStoredLogins(question.folder);
  const place = closest(logins.keys(), url);
  const stored = place === undefined ? undefined : logins.get(place);
  if (place === undefined || stored === undefined) return undefined;
  const secret = stored.secret ?? (await secretOf(place, question));
  const { kind, username = '', header = '' } = stored;
  if (kind === 'token') return { login: { kind, secret }, from: 'login', place };
  if (kind === 'basic') return { login: { kind, username, secret }, from: 'login', place };
  return { login: { kind, header, secret }, from: 'login', place };
}

async function secretOf(address: string, { keyring, environment }: LoginQuestion): Promise<string> {
  const chosen = keyring ?? (await import('./system-keyring.ts')).systemKeyring(environment);
  const secret = await chosen?.read(address);
  if (secret !== undefined && secret !== '') return secret;
  throw new PackyardError({
    code: 'credentials-unusable',
    message: `The login for ${address} was stored in the keyring, which does not have it any more.`,
    hint: 'Log in again with packyard login, or forget it with packyard logout.',
  });
}
