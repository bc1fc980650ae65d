import type { Command } from 'commander';

import type { ClientWarning, Registry } from '../client/registry.ts';
import type { CommonFlags } from './command-context.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/** Flags of every command that reads a registry. */
export interface RegistryFlags extends CommonFlags {
  readonly registry?: string;
  readonly offline?: boolean;
  readonly refresh?: boolean;
  readonly direct?: boolean;
  /** Who says `registry`: the user unless told. */
  readonly from?: 'project';
}

/** Adds the flags that say which registry is read, and how. */
export function addRegistryFlags(command: Command): Command {
  return command
    .option('-r, --registry <registry>', 'name, address or folder of the registry; default: the configured one')
    .option('--offline', 'use what the cache holds, and ask nobody')
    .option('--refresh', 'ask the host again, whatever the cache holds')
    .option('--direct', 'ask for the named packs only, without the index of the registry')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only');
}

/** Opens the registry that is meant; what it warns of goes to standard error. */
export async function openRegistryOf(
  flags: RegistryFlags,
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<Registry> {
  const [{ registryTarget }, { openRegistry }, { shellWord }] = await Promise.all([
    import('../client/settings/registry-target.ts'),
    import('../client/open-registry.ts'),
    import('../client/settings/shell-word.ts'),
  ]);
  const target = await registryTarget(flags, process.env, process.cwd());
  const { offline, refresh, direct, quiet } = flags;
  const warn = (warning: Pick<ClientWarning, 'message' | 'hint'>): void => {
    if (quiet !== true) printWarning(warning, terminal);
  };
  target.warnings.forEach(warn);
  return openRegistry(target.url, {
    ...target.openOptions,
    mirrors: target.mirrors,
    userAgent: `packyard/${version()}`,
    loginHint: `Log in: packyard login ${shellWord(target.name ?? target.url)}`,
    ...(offline === true && { offline }),
    ...(refresh === true && { refresh }),
    ...(direct === true && { direct }),
    ...(signal !== undefined && { signal }),
    onWarning: warn,
  });
}
