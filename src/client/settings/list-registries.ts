import { readStoredLogins } from './credentials-file.ts';
import { closest } from './covers.ts';
import { readProject } from './project-file.ts';
import { settingsDirectory } from './settings-directory.ts';
import type { SettingsWarning } from './settings-warning.ts';
import { readUserSettings } from './user-settings.ts';

export interface ListedRegistry {
  readonly name: string;
  readonly url: string;
  readonly mirrors: readonly string[];
  /** Whose settings have it. */
  readonly owner: 'user' | 'project';
  readonly file: string;
  /** Whether it is used where nothing else is said, variables aside. */
  readonly default: boolean;
  /** Whether a login is stored for its address. */
  readonly login: boolean;
  /** Whether the project has another one of that name, which goes first here. */
  readonly shadowed: boolean;
}

export interface ListedRegistries {
  readonly registries: readonly ListedRegistry[];
  readonly warnings: readonly SettingsWarning[];
}

/** All registries that have a name here: the project's, then the user's. Rejects as the settings do. */
export async function listRegistries(
  environment: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Promise<ListedRegistries> {
  const folder = settingsDirectory(environment);
  const [user, project, logins] = await Promise.all([
    readUserSettings(folder),
    readProject(cwd),
    readStoredLogins(folder),
  ]);
  const registries: ListedRegistry[] = [];
  const byProject =
    project?.registry ?? (project?.registries.size === 1 ? [...project.registries.keys()][0] : undefined);
  const byUser = user.default ?? (user.registries.size === 1 ? [...user.registries.keys()][0] : undefined);
  const usual = byProject ?? byUser;
  for (const [owner, settings] of [
    ['project', project],
    ['user', user],
  ] as const) {
    for (const [name, { url, mirrors }] of settings?.registries ?? []) {
      const shadowed = owner === 'user' && project?.registries.has(name) === true;
      registries.push({
        name,
        url,
        mirrors,
        owner,
        file: settings?.file ?? '',
        default: name === usual && !shadowed,
        login: closest(logins.keys(), url) !== undefined,
        shadowed,
      });
    }
  }
  return { registries, warnings: [...user.warnings, ...(project?.warnings ?? [])] };
}
