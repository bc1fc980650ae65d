import { oneLine } from '../../check/one-line.ts';
import { PackyardError } from '../../errors.ts';
import { isMapping, propertyOf, type Mapping } from '../../model/json-value.ts';
import { readStoredLogins } from './credentials-file.ts';
import { editProjectFile, editUserSettings } from './edit-settings.ts';
import { findProjectFile, readProjectFile } from './project-file.ts';
import { settingsDirectory } from './settings-directory.ts';
import { shown } from './settings-document.ts';
import { readUserSettings } from './user-settings.ts';

export interface RemoveRegistryOptions {
  readonly name: string;
  /** Removes it from the project's `packyard.json`. */
  readonly project?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

export interface RemovedRegistry {
  readonly name: string;
  readonly url: string;
  readonly file: string;
  /** Whether it was the one that is used where nothing else is said; now there is none. */
  readonly default: boolean;
  /** Whether a login for its address is still stored. */
  readonly loginKept: boolean;
}

/** Removes a registry from the settings; its login stays. Rejects with `registry-unknown` where there is none. */
export async function removeRegistry(options: RemoveRegistryOptions): Promise<RemovedRegistry> {
  const { name, project = false, environment = process.env, cwd = process.cwd() } = options;
  const folder = settingsDirectory(environment);
  const file = project ? await findProjectFile(cwd) : undefined;
  if (project && file === undefined)
    throw unknown(name, `no packyard.json in ${oneLine(cwd)} or above it`, [], project);
  const settings = file === undefined ? await readUserSettings(folder) : await readProjectFile(file);
  const found = settings.registries.get(name);
  if (found === undefined) {
    throw unknown(name, `no such registry in ${oneLine(settings.file)}`, [...settings.registries.keys()], project);
  }
  const key = project ? 'registry' : 'default';
  let usual = false;
  const edit = (value: Mapping): Mapping => {
    usual = propertyOf(value, key) === name;
    const registries = propertyOf(value, 'registries');
    const rest = Object.entries(isMapping(registries) ? registries : {}).filter(([each]) => each !== name);
    const others = Object.entries(value).filter(([each]) => each !== 'registries' && !(usual && each === key));
    return { ...Object.fromEntries(others), registries: Object.fromEntries(rest) };
  };
  if (file === undefined) await editUserSettings(folder, edit);
  else await editProjectFile(file, edit);
  // What is wrong with the logins is no matter of this command.
  const logins = await readStoredLogins(folder).catch(() => new Map<string, unknown>());
  return { name, url: found.url, file: settings.file, default: usual, loginKept: logins.has(found.url) };
}

function unknown(name: string, what: string, names: readonly string[], project: boolean): PackyardError {
  const known = names.length === 0 ? '' : ` It has ${names.slice(0, 20).join(', ')}.`;
  return new PackyardError({
    code: 'registry-unknown',
    message: `${shown(name)} was not removed: there is ${what}.`,
    hint: `${project ? 'Without' : 'With'} --project, ${project ? 'your own settings are' : "the project's packyard.json is"} looked at.${known}`,
  });
}
