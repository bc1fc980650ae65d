import { oneLine } from '../../check/one-line.ts';
import { PackyardError } from '../../errors.ts';
import type { Fetch } from '../../remote/http-answer.ts';
import { readProject } from './project-file.ts';
import { isRegistryName } from './registry-name.ts';
import { describeTarget } from './registry-target.ts';
import { settingsDirectory } from './settings-directory.ts';
import { readUserSettings } from './user-settings.ts';

/** Where a login is for. */
export interface LoginAddress {
  readonly name?: string;
  readonly url: string;
  readonly base: URL;
  /** The file of a project where only that says what the name means: anybody may have written it. */
  readonly onlyProject?: string;
  /** Asks as the settings say. */
  readonly fetch?: Fetch;
}

/** The address that a name, a URL, or nothing (the default) means for a login. Rejects with `usage` for a directory. */
export async function loginAddress(
  registry: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Promise<LoginAddress> {
  if (registry !== undefined && isRegistryName(registry)) await requireOneMeaning(registry, environment, cwd);
  // What is stored already may be what is wrong.
  const { chosen, openOptions } = await describeTarget(
    { ...(registry !== undefined && { registry }), logins: false },
    environment,
    cwd,
  );
  const { base, url, authorization } = chosen.address;
  if (base === undefined)
    throw usage(`${oneLine(url)} is a folder: it needs no login.`, 'Name a registry at https://.');
  if (authorization !== undefined)
    throw usage(`The address ${url} holds a login.`, 'Leave out what stands before the "@".');
  const { fetch } = openOptions;
  return {
    ...(chosen.name !== undefined && { name: chosen.name }),
    url,
    base,
    ...(!chosen.named && chosen.file !== undefined && { onlyProject: chosen.file }),
    ...(fetch !== undefined && { fetch }),
  };
}

/** A secret must not go to a project's idea of a name that the user gave to another registry. */
async function requireOneMeaning(name: string, environment: NodeJS.ProcessEnv, cwd: string): Promise<void> {
  const [user, project] = await Promise.all([readUserSettings(settingsDirectory(environment)), readProject(cwd)]);
  const [own, shared] = [user.registries.get(name), project?.registries.get(name)];
  if (own === undefined || shared === undefined || own.url === shared.url) return;
  throw usage(
    `"${name}" is ${oneLine(own.url)} in your settings, but ${oneLine(shared.url)} in ${oneLine(project?.file ?? '')}.`,
    'Name the address that you mean instead.',
  );
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
