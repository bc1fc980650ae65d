import type { Finding } from '../model/finding.ts';
import { withDefaults, type RegistryConfig } from '../model/registry-config.ts';
import type { Cache } from './cache.ts';
import { codeIdentity } from './code-identity.ts';
import { sha256 } from '../model/content.ts';
import { RECORD_VERSION } from './recipe.ts';

export interface LoadedConfig {
  readonly config: RegistryConfig;
  /** Warnings only. */
  readonly findings: readonly Finding[];
}

/** Reads `registry.yaml`; no file gives the defaults. Throws `ConfigError` with everything that is wrong. */
export async function loadConfig(data: Buffer | undefined, cache: Cache): Promise<LoadedConfig> {
  if (data === undefined) return { config: withDefaults({}), findings: [] };
  const key = JSON.stringify(['config', codeIdentity(), RECORD_VERSION, sha256(data)]);
  const known = await cache.record('configs', key);
  if (known !== undefined) return known as LoadedConfig;
  // Parser and validator are loaded only for a configuration that is new.
  const { parseConfig } = await import('./parse-config.ts');
  const loaded = await parseConfig(data);
  await cache.putRecord('configs', key, loaded);
  return loaded;
}
