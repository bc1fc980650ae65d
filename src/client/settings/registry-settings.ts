import { resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { isMapping, kindOf, type Mapping } from '../../model/json-value.ts';
import { addressWithoutLogin, isNetworkPath } from './registry-address.ts';
import { isRegistryName, NAME_RULE } from './registry-name.ts';
import { shown, type SettingsDocument } from './settings-document.ts';
import type { SettingsWarning } from './settings-warning.ts';

/** Files with which a host is trusted, and with which it knows who asks. */
export interface TlsFiles {
  /** Authorities that are trusted besides those of the system; PEM. */
  readonly caFile?: string;
  /** PEM. */
  readonly clientCert?: string;
  /** PEM. */
  readonly clientKey?: string;
}

/** What settings say about one registry. */
export interface RegistrySettings extends TlsFiles {
  /** A URL that ends with a slash, without credentials, or the absolute path of a directory. */
  readonly url: string;
  readonly mirrors: readonly string[];
  readonly direct: boolean;
}

export interface ReadRegistries {
  readonly registries: ReadonlyMap<string, RegistrySettings>;
  readonly warnings: readonly SettingsWarning[];
}

const TLS_KEYS = ['caFile', 'clientCert', 'clientKey'] as const;
const KEYS = ['url', 'mirrors', 'direct'];
const MOST = 1000;

/**
 * Reads `registries` of a document. Only the user's own file may name files of this machine. Rejects with the code of
 * the document.
 */
export async function readRegistries(
  document: SettingsDocument,
  folder: string,
  owner: 'user' | 'project',
): Promise<ReadRegistries> {
  const value = Object.hasOwn(document.value, 'registries') ? document.value['registries'] : {};
  if (!isMapping(value)) throw await document.problem(['registries'], wanted('"registries"', value, 'an object'));
  const names = Object.keys(value);
  if (names.length > MOST) throw await document.problem(['registries'], `"registries" has more than ${MOST} names`);
  const registries = new Map<string, RegistrySettings>();
  const warnings: SettingsWarning[] = [];
  for (const name of names) {
    const path = ['registries', name];
    if (!isRegistryName(name)) {
      throw await document.problem(path, `${shown(name)} is no name for a registry`, NAME_RULE);
    }
    const entry = value[name];
    if (!isMapping(entry)) throw await document.problem(path, wanted(shown(name), entry, 'an object with a "url"'));
    registries.set(name, await readRegistry(document, path, entry, folder, owner));
    const [known, refused] =
      owner === 'user' ? [[...KEYS, ...TLS_KEYS], []] : [KEYS, refusedKeys(document, name, entry)];
    warnings.push(...(await document.unknownKeys(path, withoutKeys(entry, owner), known)), ...refused);
  }
  return { registries, warnings };
}

async function readRegistry(
  document: SettingsDocument,
  path: readonly string[],
  entry: Mapping,
  folder: string,
  owner: 'user' | 'project',
): Promise<RegistrySettings> {
  const own = (key: string): unknown => (Object.hasOwn(entry, key) ? entry[key] : undefined);
  const address = async (value: unknown, at: readonly (string | number)[], what: string): Promise<string> => {
    if (typeof value !== 'string') throw await document.problem(at, wanted(what, value, 'an address'));
    if (owner === 'project' && isNetworkPath(value)) {
      throw await document.problem(at, `${what} is a folder of another machine`, 'Name an address with https://.');
    }
    try {
      return addressWithoutLogin(value, folder, `packyard login ${path.at(-1)}`).url;
    } catch (error) {
      if (!(error instanceof PackyardError)) throw error;
      throw await document.problem(at, error.message.replace(/\.$/u, ''), error.hint);
    }
  };
  const url = await address(own('url'), [...path, 'url'], '"url"');
  const mirrors = own('mirrors') ?? [];
  if (!Array.isArray(mirrors) || mirrors.length > 100) {
    throw await document.problem([...path, 'mirrors'], wanted('"mirrors"', mirrors, 'a list of at most 100 addresses'));
  }
  const direct = own('direct') ?? false;
  if (typeof direct !== 'boolean') {
    throw await document.problem([...path, 'direct'], wanted('"direct"', direct, 'true or false'));
  }
  const shared = {
    url,
    mirrors: await Promise.all(
      mirrors.map((mirror: unknown, index) => address(mirror, [...path, 'mirrors', index], 'A mirror')),
    ),
    direct,
  };
  return owner === 'project' ? shared : { ...shared, ...(await tlsFiles(document, path, entry, folder)) };
}

async function tlsFiles(
  document: SettingsDocument,
  path: readonly string[],
  entry: Mapping,
  folder: string,
): Promise<TlsFiles> {
  const files: Partial<Record<(typeof TLS_KEYS)[number], string>> = {};
  for (const key of TLS_KEYS) {
    const value = Object.hasOwn(entry, key) ? entry[key] : undefined;
    if (value === undefined) continue;
    if (typeof value !== 'string' || value === '') {
      throw await document.problem([...path, key], wanted(`"${key}"`, value, "a file's path"));
    }
    files[key] = resolve(folder, value);
  }
  if ((files.clientCert === undefined) === (files.clientKey === undefined)) return files;
  const [there, missing] = files.clientKey === undefined ? ['clientCert', 'clientKey'] : ['clientKey', 'clientCert'];
  throw await document.problem([...path, there], `"${there}" needs a "${missing}" beside it`);
}

/** What a project must not say has a warning of its own. */
function withoutKeys(entry: Mapping, owner: 'user' | 'project'): Mapping {
  if (owner === 'user') return entry;
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !TLS_KEYS.some((each) => each === key)));
}

/** A cloned repository must not say whom this machine trusts, nor make it show who it is. */
function refusedKeys({ file }: SettingsDocument, name: string, entry: Mapping): readonly SettingsWarning[] {
  return TLS_KEYS.filter((key) => Object.hasOwn(entry, key)).map((key) => ({
    message: `${file}: "${key}" of registry "${name}" was ignored: a project's file must not name files of this machine.`,
    hint: 'Give it in your own settings: packyard registry add, or PACKYARD_CA_FILE.',
  }));
}

function wanted(what: string, value: unknown, want: string): string {
  return value === undefined
    ? `${what} is missing: ${want} is wanted`
    : `${what} is ${kindOf(value)} where ${want} is wanted`;
}
