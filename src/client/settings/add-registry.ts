import { access } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

import { oneLine } from '../../check/one-line.ts';
import { PackyardError } from '../../errors.ts';
import { isMapping, propertyOf, type Mapping } from '../../model/json-value.ts';
import { authoritiesOf, clientCertificateOf } from '../transport/tls-material.ts';
import { editProjectFile, editUserSettings } from './edit-settings.ts';
import { findProjectFile, PROJECT_FILE } from './project-file.ts';
import { addressWithoutLogin, isOpenToOthers, type RegistryAddress } from './registry-address.ts';
import { isRegistryName, NAME_RULE } from './registry-name.ts';
import type { TlsFiles } from './registry-settings.ts';
import { settingsDirectory } from './settings-directory.ts';
import { shown } from './settings-document.ts';
import type { SettingsWarning } from './settings-warning.ts';

export interface AddRegistryOptions extends TlsFiles {
  readonly name: string;
  /** URL or directory. */
  readonly url: string;
  readonly mirrors?: readonly string[];
  readonly direct?: boolean;
  /** Also makes it the one that is used where nothing else is said. */
  readonly default?: boolean;
  /** Adds it to the project's `packyard.json`, for everybody who has the project. */
  readonly project?: boolean;
  /** Replaces one of that name. */
  readonly force?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

export interface AddedRegistry {
  readonly name: string;
  readonly url: string;
  readonly file: string;
  readonly change: 'created' | 'replaced' | 'unchanged';
  readonly default: boolean;
  readonly warnings: readonly SettingsWarning[];
}

/**
 * Adds a registry to the user's settings or the project's. Nobody is asked whether it exists. Rejects with `usage` for
 * a name or address that is none, or a name that is taken, and with `settings-invalid` or `project-invalid`.
 */
export async function addRegistry(options: AddRegistryOptions): Promise<AddedRegistry> {
  const { name, project = false, environment = process.env, cwd = process.cwd() } = options;
  if (!isRegistryName(name)) throw usage(`${shown(name)} is no name for a registry.`, NAME_RULE);
  const login = `packyard login ${name}`;
  const address = addressWithoutLogin(options.url, cwd, login);
  const mirrors = (options.mirrors ?? []).map((mirror) => addressWithoutLogin(mirror, cwd, login));
  const tls = await checkedTls(options, cwd, environment);
  const file = project ? ((await findProjectFile(cwd)) ?? join(cwd, PROJECT_FILE)) : undefined;
  const written = (text: string, { base, url }: RegistryAddress): string =>
    file === undefined || base !== undefined || isAbsolute(text) || /^file:/iu.test(text) ? url : fromFolder(file, url);
  const entry = {
    url: written(options.url, address),
    ...(mirrors.length > 0 && {
      mirrors: mirrors.map((mirror, index) => written(options.mirrors?.[index] ?? '', mirror)),
    }),
    ...(options.direct === true && { direct: true }),
    ...tls,
  };
  let change: AddedRegistry['change'] = 'created';
  let usual = false;
  const key = project ? 'registry' : 'default';
  const edit = (value: Mapping): Mapping => {
    const registries = propertyOf(value, 'registries');
    const before = propertyOf(registries, name);
    change = before === undefined ? 'created' : isSame(before, entry) ? 'unchanged' : 'replaced';
    if (change === 'replaced' && options.force !== true) throw taken(name, before, file ?? 'your settings');
    const next = options.default === true ? name : propertyOf(value, key);
    usual = next === name;
    const others = isMapping(registries) ? registries : {};
    // What nobody here knows about is kept.
    const kept = isMapping(before)
      ? without(before, ['url', 'mirrors', 'direct', 'caFile', 'clientCert', 'clientKey'])
      : {};
    const merged = { ...without(value, [key, 'registries']), ...(next !== undefined && { [key]: next }) };
    return { ...merged, registries: { ...others, [name]: { ...entry, ...kept } } };
  };
  const settled = file ?? (await editUserSettings(settingsDirectory(environment), edit));
  if (file !== undefined) await editProjectFile(file, edit);
  const warnings = [...[address, ...mirrors].flatMap(openAddress), ...(await emptyFolder(address))];
  return { name, url: address.url, file: settled, change, default: usual, warnings };
}

async function checkedTls(options: AddRegistryOptions, cwd: string, environment: NodeJS.ProcessEnv): Promise<TlsFiles> {
  const { caFile, clientCert, clientKey, project } = options;
  if (caFile === undefined && clientCert === undefined && clientKey === undefined) return {};
  if (project === true) {
    throw usage(
      'A project cannot name files of this machine: whoever gets it would trust them.',
      'Add the registry to your own settings, without --project.',
    );
  }
  if (caFile !== undefined) await authoritiesOf(resolve(cwd, caFile));
  const authority = caFile === undefined ? {} : { caFile: resolve(cwd, caFile) };
  if (clientCert === undefined && clientKey === undefined) return authority;
  if (clientCert === undefined || clientKey === undefined) {
    throw usage(
      'A client certificate needs its key.',
      'Give both --client-cert and --client-key; they may be the same file.',
    );
  }
  const files = { clientCert: resolve(cwd, clientCert), clientKey: resolve(cwd, clientKey) };
  await clientCertificateOf({ ...files, passphrase: environment['PACKYARD_CLIENT_KEY_PASSPHRASE'] });
  return { ...authority, ...files };
}

function fromFolder(file: string, path: string): string {
  const way = relative(dirname(file), path).replaceAll('\\', '/');
  if (isAbsolute(way)) return path;
  return way.startsWith('../') || way === '..' ? way : `./${way}`;
}

function without(value: Mapping, keys: readonly string[]): Mapping {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function isSame(before: unknown, entry: Mapping): boolean {
  const known = isMapping(before) ? before : {};
  return ['url', 'mirrors', 'direct', 'caFile', 'clientCert', 'clientKey'].every(
    (key) => JSON.stringify(propertyOf(known, key)) === JSON.stringify(entry[key]),
  );
}

function taken(name: string, before: unknown, where: string): PackyardError {
  const url = propertyOf(before, 'url');
  return usage(
    `"${name}" is in ${oneLine(where)} already, with other settings: ${typeof url === 'string' ? oneLine(url) : 'no address'}`,
    'Give it another name, or replace it with --force.',
  );
}

function openAddress({ base }: RegistryAddress): readonly SettingsWarning[] {
  if (base === undefined || !isOpenToOthers(base)) return [];
  return [
    {
      message: `${base.href} is not encrypted: everybody on the way can read what is sent, logins too, and change what is answered.`,
      hint: 'Use https:// where the host has it.',
    },
  ];
}

async function emptyFolder({ base, url }: RegistryAddress): Promise<readonly SettingsWarning[]> {
  if (base !== undefined) return [];
  try {
    await access(join(url, 'index.json'));
    return [];
  } catch {
    return [{ message: `There is no registry in ${oneLine(url)} yet.`, hint: 'Check the path, or build one there.' }];
  }
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
