import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { oneLine } from '../../check/one-line.ts';
import { systemCode } from '../../errors.ts';
import { secretProblem, type Login } from './login.ts';
import { parseNetrc } from './netrc.ts';
import { isOpenToOthers } from './registry-address.ts';
import { homeDirectory } from './settings-directory.ts';
import type { SettingsWarning } from './settings-warning.ts';

export interface NetrcAnswer {
  readonly login?: Login;
  /** The file that was read. */
  readonly file?: string;
  readonly warnings: readonly SettingsWarning[];
}

const MOST_BYTES = 1_048_576;

/**
 * What `NETRC`, `~/.netrc` or `~/_netrc` holds for a host. Such a file knows neither schemes nor ports, so it is used
 * only where nobody on the way can read along; and for addresses that the user did not give (`named` false) neither
 * `default` nor a host's other ports count. Never rejects: whoever wrote the file may not have had Packyard in mind.
 */
export async function netrcLogin(base: URL, named: boolean, environment: NodeJS.ProcessEnv): Promise<NetrcAnswer> {
  const { file, text } = await netrcText(environment);
  if (text === undefined) return { warnings: [] };
  const { logins, problem } = parseNetrc(text);
  const host = base.hostname.replace(/^\[|\]$/gu, '');
  const own = logins.find(({ machine }) => machine === undefined || machine === host);
  const trouble = problem === undefined ? [] : [unreadable(file, problem)];
  if (own === undefined) return { warnings: trouble };
  if (!named && (own.machine === undefined || base.port !== '')) return { warnings: trouble };
  if (own.machine === undefined && base.protocol !== 'https:') return { warnings: trouble };
  if (isOpenToOthers(base)) return { warnings: [...trouble, unprotected(file, base)] };
  if (secretProblem(own.password, 'basic') !== undefined) return { warnings: trouble };
  return { login: { kind: 'basic', username: own.login, secret: own.password }, file, warnings: trouble };
}

async function netrcText(environment: NodeJS.ProcessEnv): Promise<{ readonly file: string; readonly text?: string }> {
  const { NETRC } = environment;
  const home = homeDirectory(environment);
  const files = NETRC !== undefined && NETRC !== '' ? [NETRC] : [join(home, '.netrc'), join(home, '_netrc')];
  for (const file of files) {
    try {
      const bytes = await readFile(file);
      if (bytes.length <= MOST_BYTES) return { file, text: bytes.toString('utf8') };
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }
  return { file: '' };
}

function unreadable(file: string, { line, what }: { readonly line: number; readonly what: string }): SettingsWarning {
  return { message: `${oneLine(file)}:${line}: ${what}: what follows was not used.`, hint: 'Mend the file.' };
}

function unprotected(file: string, base: URL): SettingsWarning {
  return {
    message: `The login for ${base.host} in ${oneLine(file)} was not sent: nothing would protect it on its way to ${base.origin}.`,
    hint: 'Use an address with https://.',
  };
}
