import { join } from 'node:path';

import { kindOf } from '../../model/json-value.ts';
import { readRegistries, type RegistrySettings } from './registry-settings.ts';
import { readSettingsDocument, shown, type DocumentKind, type SettingsDocument } from './settings-document.ts';
import type { SettingsWarning } from './settings-warning.ts';

/** Name of the file in the folder of the settings. */
export const USER_FILE = 'config.json';

export const USER_KIND: DocumentKind = {
  code: 'settings-invalid',
  hint: 'Mend the file, or remove it and add your registries again with: packyard registry add NAME URL',
};

/** What a user set for every project. */
export interface UserSettings {
  /** Where the file is, or would be. */
  readonly file: string;
  /** Name of the registry that is used where nothing else is said. */
  readonly default?: string;
  readonly registries: ReadonlyMap<string, RegistrySettings>;
  readonly warnings: readonly SettingsWarning[];
}

/** Reads the user's settings below a folder; without a file they are empty. Rejects with `settings-invalid`. */
export async function readUserSettings(folder: string): Promise<UserSettings> {
  return userSettings(await readSettingsDocument(join(folder, USER_FILE), USER_KIND), folder);
}

export async function userSettings(document: SettingsDocument, folder: string): Promise<UserSettings> {
  const { file, value } = document;
  const unknown = await document.unknownKeys([], value, ['$schema', 'default', 'registries']);
  const { registries, warnings } = await readRegistries(document, folder, 'user');
  const name = Object.hasOwn(value, 'default') ? value['default'] : undefined;
  if (name === undefined) return { file, registries, warnings: [...unknown, ...warnings] };
  if (typeof name !== 'string') {
    throw await document.problem(['default'], `"default" is ${kindOf(name)} where the name of a registry is wanted`);
  }
  if (!registries.has(name)) {
    const hint = registries.size === 0 ? USER_KIND.hint : `It has ${[...registries.keys()].slice(0, 20).join(', ')}.`;
    throw await document.problem(['default'], `"default" names ${shown(name)}, which is not among "registries"`, hint);
  }
  return { file, default: name, registries, warnings: [...unknown, ...warnings] };
}
