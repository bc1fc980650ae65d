import { PackyardError } from '../../errors.ts';
import type { OpenRegistryOptions } from '../open-registry-options.ts';
import { describeTarget, type RegistryChoice } from './registry-target.ts';
import type { SettingsWarning } from './settings-warning.ts';
import type { TransportFacts } from './transport-facts.ts';
import { transportFacts } from './transport-facts.ts';

/** A login, without its secret. */
export interface ShownLogin {
  readonly kind: string;
  /** Where it comes from: a variable, a stored login, netrc, or the address itself. */
  readonly from: string;
  /** The address that it was stored for, or the file it stands in. */
  readonly place?: string;
}

/** What a registry says of itself. */
export interface LiveRegistry {
  readonly name: string;
  readonly title?: string;
  readonly packs: number;
  readonly serial: number;
  readonly commit?: string;
  readonly committedAt?: string;
}

export interface ShownRegistry {
  readonly name?: string;
  readonly url: string;
  /** Who says that it is this one: a flag, a variable, the project, the user's default. */
  readonly source: string;
  /** File that has its settings. */
  readonly file?: string;
  readonly mirrors: readonly string[];
  readonly direct: boolean;
  readonly offline: boolean;
  readonly login?: ShownLogin;
  readonly transport: TransportFacts;
  readonly live?: LiveRegistry;
  /** Why it could not be read. */
  readonly failure?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly warnings: readonly SettingsWarning[];
}

export interface ShowRegistryOptions {
  readonly choice?: RegistryChoice;
  /** Asks the registry what it has; true unless told. */
  readonly live?: boolean;
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** The settings of a registry as they are in force, and what it says itself. Rejects as `registryTarget` does. */
export async function showRegistry(options: ShowRegistryOptions = {}): Promise<ShownRegistry> {
  const { choice = {}, live = true, environment = process.env, cwd = process.cwd(), signal } = options;
  const target = await describeTarget(choice, environment, cwd);
  const { chosen, login, name, url, mirrors, openOptions, warnings } = target;
  const offline = options.offline === true || openOptions.offline === true;
  const open = { ...openOptions, ...(offline && { offline }), ...(signal !== undefined && { signal }) };
  const state = live ? await liveState(url, open) : {};
  return {
    ...(name !== undefined && { name }),
    url,
    source: chosen.source,
    ...(chosen.file !== undefined && { file: chosen.file }),
    mirrors,
    direct: chosen.settings.direct,
    offline,
    ...(login !== undefined && { login }),
    transport: transportFacts(target, environment),
    ...state,
    warnings,
  };
}

async function liveState(url: string, options: OpenRegistryOptions): Promise<Pick<ShownRegistry, 'live' | 'failure'>> {
  const { openRegistry } = await import('../open-registry.ts');
  try {
    const registry = await openRegistry(url, options);
    try {
      const { registry: facts, source, serial, packs } = await registry.index();
      return {
        live: {
          name: facts.name,
          ...(facts.title !== undefined && { title: facts.title }),
          packs: Object.keys(packs).length,
          serial,
          commit: source.commit,
          committedAt: source.committedAt,
        },
      };
    } finally {
      await registry.close();
    }
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    const { code, message, hint } = error;
    return { failure: { code, message, ...(hint !== undefined && { hint }) } };
  }
}
