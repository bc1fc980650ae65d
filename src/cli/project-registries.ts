import type { RegistryOf } from '../client/lock/registry-of.ts';
import type { Registry } from '../client/registry.ts';
import { openRegistryOf, type RegistryFlags } from './registry-flags.ts';
import type { Terminal } from './terminal.ts';

/** The registries of a project, opened when they are asked for. */
export interface ProjectRegistries {
  readonly of: RegistryOf;
  close(): Promise<void>;
}

/** Flags say which registry is meant for the packs that name none. */
export function projectRegistries(flags: RegistryFlags, terminal: Terminal): ProjectRegistries {
  const opened = new Map<string | undefined, Promise<Registry>>();
  return {
    of(name) {
      const known = opened.get(name);
      if (known !== undefined) return known;
      const opening = openRegistryOf(
        name === undefined ? flags : { ...flags, registry: name, from: 'project' },
        terminal,
      );
      opened.set(name, opening);
      return opening;
    },
    async close() {
      const registries = await Promise.allSettled(opened.values());
      for (const result of registries) if (result.status === 'fulfilled') await result.value.close();
    },
  };
}
