import { PackyardError } from '../../errors.ts';
import type { Fetch } from '../../remote/http-answer.ts';
import { RequestFailure } from '../../remote/request-failure.ts';
import type { OpenRegistryOptions } from '../open-registry-options.ts';
import { transportFetch, type TransportOptions } from '../transport/transport.ts';
import type { ClientCertificateFiles } from '../transport/tls-material.ts';
import { chooseRegistry, type ChosenRegistry, type ChoiceSource, type RegistrySources } from './choose-registry.ts';
import { closest, covers } from './covers.ts';
import { loginHeaders } from './login.ts';
import { loginFor, type FoundLogin } from './login-for.ts';
import { readProject } from './project-file.ts';
import { registryAddress, type RegistryAddress } from './registry-address.ts';
import { isRegistryName } from './registry-name.ts';
import type { RegistrySettings } from './registry-settings.ts';
import { settingsDirectory } from './settings-directory.ts';
import { shellWord } from './shell-word.ts';
import type { SettingsWarning } from './settings-warning.ts';
import { packyardVariables, type PackyardVariables } from './variables.ts';
import { readUserSettings, type UserSettings } from './user-settings.ts';

export type { SettingsWarning } from './settings-warning.ts';

/** Which registry is asked for. */
export interface RegistryChoice {
  /** Name, URL or directory; unless told, what variables, the project and the user's settings say. */
  readonly registry?: string;
  /**
   * Who says `registry`: the user with a flag, unless told, or a `packyard.json`, which may be anybody's. What the user
   * keeps for one registry is not sent to one that only a project names.
   */
  readonly from?: 'flag' | 'project';
  /** Whether logins are looked for; true unless told. */
  readonly logins?: boolean;
}

/** Which registry is meant, and how to open it: `openRegistry(url, { ...openOptions, … })`. */
export interface RegistryTarget {
  /** Where the settings have a name for it. */
  readonly name?: string;
  /** A URL or the absolute path of a directory; holds no credentials. */
  readonly url: string;
  readonly mirrors: readonly string[];
  /** With mirrors, credentials and transport. */
  readonly openOptions: OpenRegistryOptions;
  readonly warnings: readonly SettingsWarning[];
}

/** The same, with where all of it comes from. */
export interface DescribedTarget extends RegistryTarget {
  readonly chosen: ChosenRegistry;
  readonly login?: Omit<FoundLogin, 'login'> & { readonly kind: string };
  readonly tls: Omit<TransportOptions, 'environment'>;
}

/**
 * Finds the registry that is meant: the choice, else `PACKYARD_REGISTRY`, else what the project's `packyard.json` says,
 * else the user's default. Rejects with `registry-unknown`, `settings-invalid`, `project-invalid`,
 * `credentials-unusable`, or `usage` for an address that is none.
 */
export async function registryTarget(
  choice: RegistryChoice = {},
  environment: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Promise<RegistryTarget> {
  const { name, url, mirrors, openOptions, warnings } = await describeTarget(choice, environment, cwd);
  return { ...(name !== undefined && { name }), url, mirrors, openOptions, warnings };
}

/** As `registryTarget`, for who wants to show where the settings come from. */
export async function describeTarget(
  { registry, from = 'flag', logins = true }: RegistryChoice,
  environment: NodeJS.ProcessEnv,
  cwd: string,
): Promise<DescribedTarget> {
  const folder = settingsDirectory(environment);
  const variables = packyardVariables(environment, cwd);
  const user = await readUserSettings(folder);
  if (registry === '') {
    throw new PackyardError({
      code: 'usage',
      message: 'The name of the registry is empty.',
      hint: 'Leave it out for the configured one; a variable in a script may be unset.',
    });
  }
  const given = registry === undefined ? undefined : { text: registry, source: from };
  const first =
    given ??
    (variables.registry === undefined ? undefined : ({ text: variables.registry, source: 'variable' } as const));
  // A damaged file of a project is in nobody's way who named an address.
  const project =
    first !== undefined && first.source !== 'project' && !isRegistryName(first.text)
      ? undefined
      : await readProject(cwd);
  const sources: RegistrySources = { user, project, cwd };
  const chosen = await chooseRegistry(...chosenText(first, sources), sources);
  const { settings, address } = chosen;
  const own = await isOwn(chosen, variables, sources);
  const question = { folder, environment };
  const answer = logins ? await loginFor({ ...question, address, named: chosen.named, token: own }) : { warnings: [] };
  const mirrors = settings.mirrors.map((mirror) => registryAddress(mirror, cwd));
  const mirrorHeaders: Record<string, Readonly<Record<string, string>>> = {};
  for (const mirror of logins ? mirrors : []) {
    const { found } = await loginFor({ ...question, address: mirror, named: false, token: false });
    if (found !== undefined) mirrorHeaders[mirror.url] = loginHeaders(found.login);
  }
  const hosts = [address, ...mirrors].filter(({ base }) => base !== undefined);
  const tls = {
    caFiles: hosts.length === 0 ? [] : caFiles(chosen, variables, sources),
    certificates: certificates([address, ...mirrors], own ? variables.certificate : undefined, sources),
  };
  const fetch = await fetchFor(hosts.length > 0, variables, { ...tls, environment });
  const { found } = answer;
  return {
    chosen,
    tls,
    ...(found !== undefined && {
      login: { from: found.from, kind: found.login.kind, ...(found.place !== undefined && { place: found.place }) },
    }),
    ...(chosen.name !== undefined && { name: chosen.name }),
    url: address.url,
    mirrors: mirrors.map(({ url }) => url),
    openOptions: {
      ...(mirrors.length > 0 && { mirrors: mirrors.map(({ url }) => url) }),
      ...(settings.direct && { direct: true }),
      ...(variables.offline && { offline: true }),
      ...(fetch !== undefined && { fetch }),
      ...(found !== undefined && { headers: loginHeaders(found.login) }),
      ...(Object.keys(mirrorHeaders).length > 0 && { mirrorHeaders }),
    },
    warnings: [
      ...user.warnings,
      ...(project?.warnings ?? []),
      ...chosen.warnings,
      ...answer.warnings,
      ...withheld(environment, chosen, own, found),
    ],
  };
}

/** Also commands that have nothing to take from a cache ask nobody where that is said. */
async function fetchFor(
  remote: boolean,
  { offline }: PackyardVariables,
  options: TransportOptions,
): Promise<Fetch | undefined> {
  if (!remote) return undefined;
  return offline ? refusingFetch : transportFetch(options);
}

async function refusingFetch(): Promise<never> {
  throw new RequestFailure({
    code: 'registry-offline',
    message: 'was not asked for: PACKYARD_OFFLINE says to ask nobody',
    hint: 'Unset PACKYARD_OFFLINE, or set PACKYARD_OFFLINE=0 for this command.',
  });
}

type ChosenText = readonly [text: string, source: ChoiceSource];

function chosenText(
  first: { readonly text: string; readonly source: ChoiceSource } | undefined,
  { user, project }: RegistrySources,
): ChosenText {
  if (first !== undefined) return [first.text, first.source];
  if (project?.registry !== undefined) return [project.registry, 'project'];
  const [only, ...others] = project?.registries.keys() ?? [];
  if (only !== undefined && others.length === 0) return [only, 'project'];
  if (user.default !== undefined) return [user.default, 'user'];
  const [single, ...rest] = user.registries.keys();
  if (single !== undefined && rest.length === 0) return [single, 'user'];
  const names = [...(project?.registries.keys() ?? []), ...user.registries.keys()];
  throw new PackyardError({
    code: 'registry-unknown',
    message: 'No registry is named, and none is the default.',
    hint:
      names.length === 0
        ? 'Name its address, with --registry where the command has that flag, or add it: packyard registry add NAME URL --default'
        : `Name one (${names.slice(0, 20).join(', ')}), with --registry where the command has that flag, or make one the default: packyard registry add NAME URL --default`,
  });
}

/**
 * Whether `PACKYARD_TOKEN` and the client certificate of variables are meant for a registry: the one of
 * `PACKYARD_REGISTRY` where that is set, else the one that the user named or made the default. Never one whose address
 * only a project gives.
 */
async function isOwn(
  chosen: ChosenRegistry,
  { registry }: PackyardVariables,
  sources: RegistrySources,
): Promise<boolean> {
  if (!chosen.named) return false;
  if (registry !== undefined && chosen.source !== 'variable') {
    const meant = await chooseRegistry(registry, 'variable', sources).catch(() => undefined);
    return meant !== undefined && meant.named && covers(meant.address.url, chosen.address.url);
  }
  if (chosen.source !== 'project') return true;
  const { default: name = '' } = sources.user;
  const url = sources.user.registries.get(name)?.url;
  return url !== undefined && covers(url, chosen.address.url);
}

/** The user's own for this address, whatever a project calls it. */
function caFiles(
  { address }: ChosenRegistry,
  { caFile }: PackyardVariables,
  { user }: RegistrySources,
): readonly string[] {
  const own = closestTo(address.url, user, ({ caFile: file }) => file !== undefined);
  return [own?.caFile, caFile].filter((file) => file !== undefined);
}

function certificates(
  addresses: readonly RegistryAddress[],
  variable: ClientCertificateFiles | undefined,
  { user }: RegistrySources,
): ReadonlyMap<string, ClientCertificateFiles> {
  const found = new Map<string, ClientCertificateFiles>();
  for (const [index, { base, url: asked }] of addresses.entries()) {
    if (base === undefined || base.protocol !== 'https:') continue;
    const own = closestTo(asked, user, ({ clientKey }) => clientKey !== undefined);
    const files =
      own?.clientCert === undefined || own.clientKey === undefined
        ? undefined
        : { clientCert: own.clientCert, clientKey: own.clientKey };
    const chosen = index === 0 ? (variable ?? files) : files;
    if (chosen !== undefined && !found.has(base.origin)) found.set(base.origin, chosen);
  }
  return found;
}

/** Of the user's registries that have what is looked for, the one that covers an address most closely. */
function closestTo(
  asked: string,
  { registries }: UserSettings,
  has: (settings: RegistrySettings) => boolean,
): RegistrySettings | undefined {
  const those = new Map([...registries.values()].filter(has).map((settings) => [settings.url, settings]));
  return those.get(closest(those.keys(), asked) ?? '');
}

/** Says why a registry that may want a login does not get the one that lies ready. */
function withheld(
  { PACKYARD_TOKEN: token }: NodeJS.ProcessEnv,
  { address, named }: ChosenRegistry,
  own: boolean,
  found: FoundLogin | undefined,
): readonly SettingsWarning[] {
  if (token === undefined || token === '' || own || named || found !== undefined || address.base === undefined)
    return [];
  return [
    {
      message: `PACKYARD_TOKEN was not sent to ${address.url}: only packyard.json names this registry, and anybody may have written that.`,
      hint: `If it is meant for it, set PACKYARD_REGISTRY=${shellWord(address.url)}`,
    },
  ];
}
