import { byPlace } from '../check/by-place.ts';
import { isRuleId, RULE_IDS } from '../check/catalog.ts';
import { firstFindings } from '../check/first-findings.ts';
import { schemaValidator } from '../check/schema-validator.ts';
import type { CheckConfig } from '../model/check-config.ts';
import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { CONFIG_FILE, withDefaults, type RegistryConfigFile } from '../model/registry-config.ts';
import { suggest } from '../model/suggest.ts';
import { findingOf } from '../pack/finding-of.ts';
import { kindOf } from '../model/json-value.ts';
import { pathKey, type SourceDocument } from '../pack/source-document.ts';
import { decodeText } from '../pack/text.ts';
import { parseYaml } from '../pack/yaml-document.ts';
import { ConfigError } from './config-error.ts';
import type { LoadedConfig } from './load-config.ts';

/** Parses and validates `registry.yaml`. Throws `ConfigError` with everything that is wrong. */
export async function parseConfig(data: Buffer): Promise<LoadedConfig> {
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
  if (problems.length > 0) throw new ConfigError([...firstFindings(problems.toSorted(byPlace))]);
  const findings = [...validator.unknownKeys(document.value)].map(({ path, ...args }) =>
    findingOf('config/unknown-key', CONFIG_FILE, args, { place: document.place(path, 'key'), severity: 'warning' }),
  );
  const config = withDefaults(document.value as RegistryConfigFile);
  return { config, findings: [...findings, ...firstFindings(unknownRules(config.check, document))] };
}

/** Rules come and go between versions of the linter, so one that is not known is no error. */
function* unknownRules({ rules, overrides }: CheckConfig, document: SourceDocument): Generator<Finding> {
  const levels = [
    { path: ['check', 'rules'], ids: Object.keys(rules) },
    ...overrides.map((override, index) => ({
      path: ['check', 'overrides', index, 'rules'],
      ids: Object.keys(override.rules),
    })),
  ];
  for (const { path, ids } of levels) {
    for (const id of ids.filter((each) => !isRuleId(each))) {
      const suggestion = suggest(id, RULE_IDS);
      const args = { id, ...(suggestion !== undefined && { suggestion }) };
      const place = document.place([...path, id], 'key');
      yield findingOf('config/unknown-rule', CONFIG_FILE, args, { place, severity: 'warning' });
    }
  }
}

function invalid(reason: string, place?: Finding['place']): Finding {
  return findingOf('config/invalid-yaml', CONFIG_FILE, { reason }, place === undefined ? {} : { place });
}
