import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { oneLine } from '../../check/one-line.ts';
import { PackyardError, systemCode } from '../../errors.ts';
import { isMapping, kindOf } from '../../model/json-value.ts';
import { headerNameProblem, secretProblem } from './login.ts';
import { shellWord } from './shell-word.ts';
import { readSettingsDocument, shown, type DocumentKind, type SettingsDocument } from './settings-document.ts';

/** Name of the file in the folder of the settings. */
export const CREDENTIALS_FILE = 'credentials.json';

const KIND: DocumentKind = {
  code: 'credentials-unusable',
  hint: 'Mend the file, or remove it and log in again: packyard login NAME',
};

/** A login as it is kept. Where the keyring has the secret, the file does not. */
export interface StoredLogin {
  readonly kind: 'token' | 'basic' | 'header';
  readonly username?: string;
  readonly header?: string;
  readonly secret?: string;
  readonly keyring?: true;
}

/** Logins by the address that each is for, and below which it is valid. */
export type StoredLogins = ReadonlyMap<string, StoredLogin>;

/** Reads the logins in a folder. Rejects with `credentials-unusable`, also where others can read the file. */
export async function readStoredLogins(folder: string): Promise<StoredLogins> {
  return readFrom(join(folder, CREDENTIALS_FILE));
}

async function readFrom(file: string): Promise<StoredLogins> {
  await requirePrivate(file);
  return loginsOf(await readSettingsDocument(file, KIND));
}

/** Changes the logins in a folder, in one step; only the user can read the file. Rejects with `credentials-unusable`. */
export async function editStoredLogins(
  folder: string,
  edit: (logins: Map<string, StoredLogin>) => void,
): Promise<void> {
  const file = join(folder, CREDENTIALS_FILE);
  const change = async (target: string): Promise<string> => {
    const logins = new Map(await readFrom(target));
    edit(logins);
    return `${JSON.stringify({ logins: Object.fromEntries(logins) }, undefined, 2)}\n`;
  };
  const { editFile } = await import('./edit-file.ts');
  try {
    await editFile(file, change, 0o600, { always: true });
  } catch (error) {
    throw unwritableLogins(file, error);
  }
}

/** What a failing change of the file means, in words; other errors stay as they are. */
export function unwritableLogins(file: string, error: unknown): unknown {
  if (error instanceof PackyardError || systemCode(error) === undefined) return error;
  return new PackyardError({
    code: 'credentials-unusable',
    message: `${oneLine(file)} cannot be written (${systemCode(error)}).`,
    hint: 'Check the permissions of its folder, or name another one in PACKYARD_CONFIG_DIR.',
    cause: error,
  });
}

/** A secret that others could read may be known, and one that others could write may be theirs. */
async function requirePrivate(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  let mode: number;
  try {
    ({ mode } = await stat(file));
  } catch {
    return;
  }
  if ((mode & 0o077) === 0) return;
  const path = oneLine(file);
  throw new PackyardError({
    code: 'credentials-unusable',
    message: `${path} is not used: others on this machine can read or change it (mode ${(mode & 0o777).toString(8)}).`,
    hint: `Run: chmod 600 ${oneLine(shellWord(file))}. Whoever may have read it has your logins: replace them.`,
  });
}

async function loginsOf(document: SettingsDocument): Promise<StoredLogins> {
  const value = Object.hasOwn(document.value, 'logins') ? document.value['logins'] : {};
  if (!isMapping(value)) throw await document.problem(['logins'], `"logins" is ${kindOf(value)}, not an object`);
  const logins = new Map<string, StoredLogin>();
  for (const [address, login] of Object.entries(value)) {
    const problem =
      URL.canParse(address) && address.endsWith('/') ? problemOf(login) : 'is no address with "/" at its end';
    if (problem !== undefined) throw await document.problem(['logins', address], `${shown(address)} ${problem}`);
    logins.set(address, login as StoredLogin);
  }
  return logins;
}

/** What is wrong with a login; no word of its secret. */
function problemOf(login: unknown): string | undefined {
  if (!isMapping(login)) return `is ${kindOf(login)}, not a login`;
  const { kind, username, header, secret, keyring } = login;
  if (kind !== 'token' && kind !== 'basic' && kind !== 'header') return 'is a login of no known kind';
  if (kind === 'basic' && typeof username !== 'string') return 'has no user name';
  if (kind === 'header' && (typeof header !== 'string' || headerNameProblem(header) !== undefined)) {
    return 'names no header that can carry a login';
  }
  if (keyring === true) return undefined;
  if (typeof secret !== 'string') return 'has no secret';
  const problem = secretProblem(secret, kind);
  return problem === undefined ? undefined : `has a secret that ${problem}`;
}
