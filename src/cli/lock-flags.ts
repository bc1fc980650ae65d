import type { Command } from 'commander';

import type { LockOptions } from '../client/lock/plan-lock.ts';
import { printWarning } from './print-warning.ts';
import { addRegistryFlags, type RegistryFlags } from './registry-flags.ts';
import type { Terminal } from './terminal.ts';

/** Flags of the commands that choose releases for `packyard.lock`. */
export interface LockFlags extends RegistryFlags {
  readonly minAge?: string;
  readonly allowYanked?: boolean;
  readonly dryRun?: boolean;
}

export function addChoiceFlags(command: Command): Command {
  return addRegistryFlags(command)
    .option('--min-age <age>', 'choose no release that is younger than that, as in 3d, 12h or 2w')
    .option('--allow-yanked', 'also a release that is yanked or disabled, where packyard.json names its very version');
}

/** What the flags say about choosing. Rejects with `usage`. */
export async function choiceOf({ minAge, allowYanked, quiet }: LockFlags, terminal: Terminal): Promise<LockOptions> {
  const { minAgeOf } = await import('../client/min-age.ts');
  return {
    ...(minAge !== undefined && { minAge: minAgeOf(minAge) }),
    ...(allowYanked === true && { allowYanked }),
    ...(quiet !== true && { onWarning: (warning) => printWarning(warning, terminal) }),
  };
}
