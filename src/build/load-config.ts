import { byPlace } from '../check/check-pack.ts';
import { schemaValidator } from '../check/schema-validator.ts';
import { PackyardError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { CONFIG_FILE, withDefaults, type RegistryConfig, type RegistryConfigFile } from '../model/registry-config.ts';
import { findingOf } from '../pack/finding-of.ts';
import { kindOf } from '../pack/json-value.ts';
import { pathKey } from '../pack/source-document.ts';
import { decodeText } from '../pack/text.ts';
import { parseYaml } from '../pack/yaml-document.ts';
import type { Cache } from './cache.ts';
import { sha256 } from './content.ts';

export interface LoadedConfig {
  readonly config: RegistryConfig;
  /** Warnings only. */
  readonly findings: readonly Finding[];
}

/** Thrown instead of `PackyardError` alone, so that the places of what is wrong are not lost. */
export class ConfigError extends PackyardError<'config-invalid'> {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super({
      code: 'config-invalid',
      message: `${CONFIG_FILE} has ${findings.length === 1 ? 'an error' : `${findings.length} errors`}.`,
      hint: 'Mend it and build again; without the file, every setting has its default.',
    });
    this.findings = findings;
  }
}

/** Reads `registry.yaml`; no file gives the defaults. Throws `ConfigError` with everything that is wrong. */
export async function loadConfig(data: Buffer | undefined, cache: Cache): Promise<LoadedConfig> {
  if (data === undefined) return { config: withDefaults({}), findings: [] };
  const key = `config 1 ${sha256(data)}`;
  const known = await cache.record('configs', key);
  if (known !== undefined) return known as LoadedConfig;
  const loaded = await parseConfig(data);
  await cache.putRecord('configs', key, loaded);
  return loaded;
}

async function parseConfig(data: Buffer): Promise<LoadedConfig> {
  const decoded = decodeText(data);
  if (!('text' in decoded)) throw new ConfigError([invalid(`byte ${decoded.badOffset} is not UTF-8`)]);
  const parsed = parseYaml(decoded.text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  if (!('document' in parsed)) {
    const { problem } = parsed;
    throw new ConfigError([
      invalid(problem.kind === 'invalid' ? problem.reason : 'its aliases expand without bound', problem.place),
    ]);
  }
  const { document } = parsed;
  if (document.value === null) return { config: withDefaults({}), findings: [] };
  if (typeof document.value !== 'object' || Array.isArray(document.value)) {
    throw new ConfigError([
      invalid(`it holds ${kindOf(document.value)} where a mapping is wanted`, document.place([])),
    ]);
  }
  const validator = await schemaValidator('registry');
  const problems = validator
    .problems(document.value)
    .map(({ path, expected }) =>
      findingOf('config/schema', CONFIG_FILE, { pointer: pathKey(path), expected }, { place: document.place(path) }),
    );
  if (problems.length > 0) throw new ConfigError(problems.toSorted(byPlace));
  const findings = validator.unknownKeys(document.value).map((args) =>
    findingOf('config/unknown-key', CONFIG_FILE, args, {
      place: document.place([args.key], 'key'),
      severity: 'warning',
    }),
  );
  return { config: withDefaults(document.value as RegistryConfigFile), findings };
}

function invalid(reason: string, place?: Finding['place']): Finding {
  return findingOf('config/invalid-yaml', CONFIG_FILE, { reason }, place === undefined ? {} : { place });
}
