import type { Command } from 'commander';

import type { SearchFilter } from '../client/search/search.ts';
import { LAYERS, type Layer } from '../model/layer.ts';
import { choice, wholeNumber } from './arguments.ts';

/** Flags of commands that show some packs of a registry. */
export interface FilterFlags {
  readonly layer?: Layer;
  readonly cloud?: string;
  readonly type?: string;
  readonly limit?: number;
}

export function addFilterFlags(command: Command, limit: string): Command {
  return command
    .option('--layer <layer>', `packs of one layer: ${LAYERS.join(', ')}`, choice(LAYERS))
    .option('--cloud <cloud>', 'packs for a cloud: aws, azure, vsphere, …; those for all clouds are among them')
    .option('--type <type>', 'add-ons of one type: ingress, monitoring, "app services", …')
    .option('--limit <count>', `packs at most; ${limit}`, wholeNumber);
}

export function filterOf({ layer, cloud, type }: FilterFlags): SearchFilter {
  return {
    ...(layer !== undefined && { layer }),
    ...(cloud !== undefined && { cloud }),
    ...(type !== undefined && { type }),
  };
}

/** The filter as it was typed; empty where there is none. */
export function filterText({ layer, cloud, type }: FilterFlags): string {
  return Object.entries({ layer, cloud, type })
    .flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]))
    .join(' ');
}

/** What is said where there is nothing to choose from. */
export function noPacks(location: string): string {
  return `The registry at ${location} has no packs.`;
}
