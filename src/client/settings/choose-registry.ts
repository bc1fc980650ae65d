import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { oneLine } from '../../check/one-line.ts';
import { PackyardError } from '../../errors.ts';
import type { ProjectFile } from './project-file.ts';
import { isNetworkPath, registryAddress, type RegistryAddress } from './registry-address.ts';
import { isRegistryName } from './registry-name.ts';
import type { RegistrySettings } from './registry-settings.ts';
import { shown } from './settings-document.ts';
import { shellWord } from './shell-word.ts';
import type { SettingsWarning } from './settings-warning.ts';
import type { UserSettings } from './user-settings.ts';

/** Who says which registry is meant: a flag, `PACKYARD_REGISTRY`, `packyard.json`, or the user's default. */
export type ChoiceSource = 'flag' | 'variable' | 'project' | 'user';

export interface RegistrySources {
  readonly user: UserSettings;
  readonly project: ProjectFile | undefined;
  readonly cwd: string;
}

/** A registry that was chosen. */
export interface ChosenRegistry {
  readonly source: ChoiceSource;
  readonly name?: string;
  readonly address: RegistryAddress;
  /** File whose settings these are; undefined where the address itself was given. */
  readonly file?: string;
  readonly settings: RegistrySettings;
  /** Whether the address is the user's word: from a flag, a variable or the user's own settings. */
  readonly named: boolean;
  readonly warnings: readonly SettingsWarning[];
}

/**
 * The registry that a name or an address means. A name of the project goes before one of the user. Rejects with
 * `registry-unknown`, and with `usage` for an address that is none.
 */
export async function chooseRegistry(
  text: string,
  source: ChoiceSource,
  sources: RegistrySources,
): Promise<ChosenRegistry> {
  const { user, project, cwd } = sources;
  if (isRegistryName(text)) {
    const chosen = byName(text, source, sources);
    if (chosen !== undefined) return chosen;
  }
  const folder = source === 'project' && project !== undefined ? project.folder : cwd;
  if (isRegistryName(text) && !(await isDirectory(resolve(folder, text)))) throw await unknownName(text, sources);
  if (source === 'project' && isNetworkPath(text)) {
    throw new PackyardError({
      code: 'project-invalid',
      message: `The project names ${shown(text)}, a folder of another machine.`,
      hint: 'Name an address with https://.',
    });
  }
  const address = registryAddress(text, folder);
  const known = [...user.registries.values()].find(({ url }) => url === address.url);
  return {
    source,
    address,
    settings: known ?? { url: address.url, mirrors: [], direct: false },
    named: source !== 'project' || known !== undefined,
    warnings: [],
  };
}

function byName(
  name: string,
  source: ChoiceSource,
  { user, project, cwd }: RegistrySources,
): ChosenRegistry | undefined {
  const own = user.registries.get(name);
  const shared = project?.registries.get(name);
  const settings = shared ?? own;
  if (settings === undefined) return undefined;
  const known = [...user.registries.values()].some(({ url }) => url === settings.url);
  const file = shared === undefined ? user.file : project?.file;
  return {
    source,
    name,
    address: registryAddress(settings.url, cwd),
    ...(file !== undefined && { file }),
    settings,
    named: known,
    warnings:
      own !== undefined && shared !== undefined && own.url !== shared.url ? [shadowed(name, own, shared, file)] : [],
  };
}

/** A repository that was cloned could lead its reader elsewhere under a name that he trusts. */
function shadowed(name: string, own: RegistrySettings, shared: RegistrySettings, file = ''): SettingsWarning {
  return {
    message: `Here "${name}" is ${oneLine(shared.url)}, as ${oneLine(file)} says; in your own settings it is ${oneLine(own.url)}.`,
    hint: `To mean your own, name its address: ${oneLine(shellWord(own.url))}`,
  };
}

async function unknownName(name: string, { user, project }: RegistrySources): Promise<PackyardError> {
  const { suggest } = await import('../../model/suggest.ts');
  const names = [...new Set([...(project?.registries.keys() ?? []), ...user.registries.keys()])];
  const near = suggest(name, names);
  const known = names.length === 0 ? 'None was added yet' : `Known are ${names.slice(0, 20).join(', ')}`;
  return new PackyardError({
    code: 'registry-unknown',
    message: `There is no registry called ${shown(name)}, and no such folder here.`,
    hint: `${near === undefined ? known : `Did you mean "${near}"?`}${near === undefined ? '; add' : ' Else add'} it with: packyard registry add ${name} URL`,
  });
}

async function isDirectory(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory() || found.isSymbolicLink(),
    () => false,
  );
}
