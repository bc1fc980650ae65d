import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { PackyardError } from '../../errors.ts';
import {
  CREDENTIALS_FILE,
  editStoredLogins,
  readStoredLogins,
  unwritableLogins,
  type StoredLogin,
} from './credentials-file.ts';
import { closest } from './covers.ts';
import type { Keyring } from './keyring.ts';
import { systemKeyring } from './system-keyring.ts';
import { settingsDirectory } from './settings-directory.ts';

export interface LogOutOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly keyring?: Keyring;
}

export interface LoggedOut {
  /** Addresses whose logins were forgotten. */
  readonly forgotten: readonly string[];
  /** An address above, whose login is still used for this one. */
  readonly stillBy?: string;
}

/** Forgets the login that was stored for an address. Rejects with `credentials-unusable`. */
export async function logOut(url: string, options: LogOutOptions = {}): Promise<LoggedOut> {
  const folder = settingsDirectory(options.environment);
  const logins = await readStoredLogins(folder);
  const login = logins.get(url);
  const above = closest(
    [...logins.keys()].filter((each) => each !== url),
    url,
  );
  if (login !== undefined) {
    await removeSecret(url, login, options);
    await editStoredLogins(folder, (all) => void all.delete(url));
  }
  return { forgotten: login === undefined ? [] : [url], ...(above !== undefined && { stillBy: above }) };
}

/** Forgets all logins, also where the file that has them is damaged. Rejects with `credentials-unusable`. */
export async function logOutOfAll(options: LogOutOptions = {}): Promise<LoggedOut> {
  const folder = settingsDirectory(options.environment);
  let logins: ReadonlyMap<string, StoredLogin> = new Map();
  try {
    logins = await readStoredLogins(folder);
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
  }
  for (const [url, login] of logins) await removeSecret(url, login, options);
  const file = join(folder, CREDENTIALS_FILE);
  await rm(file, { force: true }).catch((error: unknown) => {
    throw unwritableLogins(file, error);
  });
  return { forgotten: [...logins.keys()] };
}

async function removeSecret(url: string, login: StoredLogin, { keyring, environment }: LogOutOptions): Promise<void> {
  if (login.keyring === true) await (keyring ?? systemKeyring(environment))?.remove(url);
}
